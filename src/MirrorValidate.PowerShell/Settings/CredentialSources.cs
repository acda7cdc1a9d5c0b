using System.Management.Automation;
using MirrorValidate.Registries.Authentication;

namespace MirrorValidate.PowerShell.Settings;

/// <summary>
/// The credentials of a side, in their order: the parameter, the environment, the files of docker and the containers
/// tools.
/// </summary>
internal static class CredentialSources
{
    /// <param name="parameter">The argument, if one is given.</param>
    /// <param name="parameterName">The name of the parameter, for the log.</param>
    /// <param name="environmentPrefix">
    /// <c>SOURCE</c> or <c>DEST</c>; <see langword="null"/> for a cmdlet without sides, which reads no variables.
    /// </param>
    /// <param name="files">The files, shared by both sides.</param>
    internal static CredentialChain Create(
        PSCredential? parameter, string parameterName, string? environmentPrefix, IReadOnlyList<CredentialFile> files)
    {
        var sources = new List<ICredentialSource>();
        if (parameter is not null && parameter != PSCredential.Empty)
        {
            System.Net.NetworkCredential plain = parameter.GetNetworkCredential();
            RegistryCredential credential = RegistryCredential.Basic(parameter.UserName, plain.Password);
            sources.Add(new FixedCredential($"-{parameterName}", credential));
        }

        if (environmentPrefix is not null
            && Environment.GetEnvironmentVariable($"{environmentPrefix}_USERNAME") is { Length: > 0 } user
            && Environment.GetEnvironmentVariable($"{environmentPrefix}_PASSWORD") is { Length: > 0 } password)
        {
            string origin = $"the environment ({environmentPrefix}_USERNAME)";
            sources.Add(new FixedCredential(origin, RegistryCredential.Basic(user, password)));
        }

        return new CredentialChain([.. sources, .. files]);
    }
}
