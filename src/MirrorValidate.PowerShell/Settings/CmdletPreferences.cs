using System.Management.Automation;

namespace MirrorValidate.PowerShell.Settings;

/// <summary>Reads the common parameters and preference variables of a running cmdlet.</summary>
internal static class CmdletPreferences
{
    /// <summary>Whether a stream is shown or recorded. If not, its messages need not be formatted.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="stream"><c>Verbose</c>, <c>Debug</c> or <c>Progress</c>.</param>
    /// <param name="parameter">The common parameter of the stream, if it has another name.</param>
    internal static bool IsStreamShown(this PSCmdlet cmdlet, string stream, string? parameter = null)
    {
        bool isBound = cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter ?? stream, out object? bound);
        if (isBound && bound is SwitchParameter given) return given;
        object? preference = isBound ? bound : cmdlet.GetVariableValue(stream + "Preference");
        return LanguagePrimitives.TryConvertTo(preference, out ActionPreference action)
            && action is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
