using MirrorValidate.PowerShell.Pipeline;
using MirrorValidate.Stores.Saving;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Running;

/// <summary>Counts the sources that were saved.</summary>
internal sealed class SavingTally : IProgressCounts
{
    private int _saved;
    private int _errors;

    public int Total => _saved + _errors;

    internal void Add(SavedSource saved)
    {
        if (saved.Status == nameof(ValidationStatus.Error)) _errors++;
        else _saved++;
    }

    public override string ToString() => Text.Format(
        SR.SavedCounts, _saved, _errors == 1 ? SR.OneError : Text.Format(SR.SeveralErrors, _errors));
}
