namespace MirrorValidate.Validation;

/// <summary>One difference between source and destination.</summary>
/// <param name="Kind">What kind of difference it is.</param>
/// <param name="Platform">The platform that it concerns, <c>os/arch[/variant][:os.version]</c>; empty where it concerns none.</param>
/// <param name="Source">What the source has.</param>
/// <param name="Destination">What the destination has.</param>
/// <param name="Explanation">The likely cause.</param>
/// <param name="Remedy">What to do.</param>
public sealed record MirrorDifference(
    string Kind, string Platform, string Source, string Destination, string Explanation, string Remedy);
