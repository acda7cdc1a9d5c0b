namespace MirrorValidate.Shell.StandIns.Objects;

/// <summary>What <c>Measure-Object</c> writes; null stands for what was not asked for.</summary>
/// <param name="Count">The number of objects that have the property.</param>
/// <param name="Average">The mean of its values.</param>
/// <param name="Sum">The sum of its values.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Minimum">The smallest.</param>
/// <param name="Property">The name of the property, null for the objects themselves.</param>
public sealed record ObjectMeasure(int Count, double? Average, double? Sum, double? Maximum, double? Minimum, string? Property);
