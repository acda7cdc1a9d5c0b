using System.Management.Automation;

namespace MirrorValidate.Shell.StandIns.Objects;

/// <summary>What <c>Group-Object</c> writes for each different value.</summary>
/// <param name="Count">The number of objects with the value.</param>
/// <param name="Name">The value as text; several joined by commas.</param>
/// <param name="Group">The objects.</param>
public sealed record ObjectGroup(int Count, string Name, IReadOnlyList<PSObject> Group);
