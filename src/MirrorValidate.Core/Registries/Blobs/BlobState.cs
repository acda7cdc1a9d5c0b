using System.Globalization;

namespace MirrorValidate.Registries.Blobs;

/// <summary>The state of a blob.</summary>
/// <param name="Problem">What is wrong with the blob.</param>
/// <param name="Description">The problem as a clause, for example <c>missing</c>; empty where there is none.</param>
/// <param name="Hashed">The number of bytes that were hashed.</param>
/// <param name="Answer">For a missing blob, the sentence that says what was asked and answered.</param>
internal sealed record BlobState(BlobProblem Problem, string Description = "", long Hashed = 0, string Answer = "")
{
    internal static BlobState Present { get; } = new(BlobProblem.None);

    internal static BlobState Missing(RegistryException answer) =>
        new(BlobProblem.Missing, "missing", Answer: answer.Message);

    internal static BlobState OtherSize(long actual, long expected)
    {
        string description = string.Create(CultureInfo.InvariantCulture, $"{actual} bytes instead of {expected}");
        return new(BlobProblem.Size, description);
    }
}
