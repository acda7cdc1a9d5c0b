namespace MirrorValidate.Registries.Blobs;

/// <summary>What a registry has in the place of a blob.</summary>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="Description">The problem as a clause, for example <c>missing</c>; empty where there is none.</param>
/// <param name="Hashed">How many bytes were hashed.</param>
/// <param name="Answer">What the registry answered for a blob that is missing, a sentence.</param>
internal sealed record BlobState(BlobProblem Problem, string Description = "", long Hashed = 0, string Answer = "")
{
    internal static BlobState Present { get; } = new(BlobProblem.None);

    internal static BlobState Missing(RegistryException answer) => new(BlobProblem.Missing, "missing", Answer: answer.Message);

    internal static BlobState OtherSize(long actual, long expected) =>
        new(BlobProblem.Size, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{actual} bytes instead of {expected}"));
}
