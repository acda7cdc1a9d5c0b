using System.Management.Automation;

namespace MirrorValidate.PowerShell.Settings;

/// <summary>What the common parameters and preference variables of a running cmdlet say.</summary>
internal static class CmdletPreferences
{
    /// <summary>Whether a stream shows anything, so that its lines need not be made in vain.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="stream"><c>Verbose</c> or <c>Debug</c>.</param>
    internal static bool IsStreamShown(this PSCmdlet cmdlet, string stream)
    {
        if (cmdlet.MyInvocation.BoundParameters.TryGetValue(stream, out object? bound) && bound is SwitchParameter given) return given;
        object? preference = cmdlet.GetVariableValue(stream + "Preference");
        return LanguagePrimitives.TryConvertTo(preference, out ActionPreference action)
            && action is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
