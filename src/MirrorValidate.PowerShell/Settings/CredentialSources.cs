using System.Management.Automation;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.PowerShell.Settings;

/// <summary>The credentials of a side: the parameter, else the environment, else the files of docker and the containers tools.</summary>
internal static class CredentialSources
{
    /// <summary>The sources in their order.</summary>
    /// <param name="parameter">The credential that was given.</param>
    /// <param name="parameterName">The parameter's name, for the log.</param>
    /// <param name="environmentPrefix"><c>SOURCE</c> or <c>DEST</c>; <see langword="null"/> where no side is meant.</param>
    /// <param name="files">The files, shared by both sides.</param>
    internal static CredentialChain Create(
        PSCredential? parameter, string parameterName, string? environmentPrefix, IReadOnlyList<CredentialFile> files)
    {
        var sources = new List<ICredentialSource>();
        if (parameter is not null && parameter != PSCredential.Empty)
        {
            System.Net.NetworkCredential plain = parameter.GetNetworkCredential();
            sources.Add(new FixedCredential($"-{parameterName}", RegistryCredential.Basic(parameter.UserName, plain.Password)));
        }

        if (environmentPrefix is not null
            && Environment.GetEnvironmentVariable($"{environmentPrefix}_USERNAME") is { Length: > 0 } user
            && Environment.GetEnvironmentVariable($"{environmentPrefix}_PASSWORD") is { Length: > 0 } password)
        {
            sources.Add(new FixedCredential($"the environment ({environmentPrefix}_USERNAME)", RegistryCredential.Basic(user, password)));
        }

        return new CredentialChain([.. sources, .. files]);
    }
}
