using System.Management.Automation;
using System.Text.RegularExpressions;
using MirrorValidate.ImageLists.Sharding;
using MirrorValidate.Platforms;
using MirrorValidate.PowerShell.Errors;
using MirrorValidate.References;
using MirrorValidate.Tags;

namespace MirrorValidate.PowerShell.Settings;

/// <summary>Parses arguments of cmdlets. An invalid argument is a terminating error that names the parameter.</summary>
internal static class ArgumentParsing
{
    private const int MaximumThrottleLimit = 20;
    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    /// <summary>The registry, <c>host[:port]</c>, that replaces those of the image list.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="argument">The argument; <see langword="null"/> takes the environment variable.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="variable">The name of the environment variable.</param>
    /// <returns><see langword="null"/> if neither is given.</returns>
    internal static RegistryHost? ParseRegistryOverride(
        this PSCmdlet cmdlet, string? argument, string parameter, string variable)
    {
        string? name = argument ?? Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(name)) return null;
        string origin = argument is null ? $"environment variable {variable}" : $"-{parameter}";
        RegistryHost registry = cmdlet.ParseRegistry(name, origin);
        if (!RegistryHost.IsHostComponent(name))
            cmdlet.ThrowTerminatingError(CommandErrors.AmbiguousRegistry(name, origin));
        return registry;
    }

    /// <summary>Registries, <c>host[:port]</c>. Several may be joined by commas, as pwsh -File passes them.</summary>
    internal static RegistryHost[] ParseRegistries(this PSCmdlet cmdlet, string[]? names, string parameter) =>
        [
            .. (names ?? []).SelectMany(name => name.Split(',', Trimmed))
                .Select(name => cmdlet.ParseRegistry(name, $"-{parameter}")),
        ];

    /// <summary>The platforms that patterns select.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="patterns">The argument of <c>-Platform</c>.</param>
    /// <param name="exclusive">The parameters that may not be given with it.</param>
    internal static PlatformSelection ParsePlatforms(this PSCmdlet cmdlet, string[] patterns, string[] exclusive)
    {
        if (exclusive.Any(cmdlet.MyInvocation.BoundParameters.ContainsKey))
            cmdlet.ThrowTerminatingError(CommandErrors.AmbiguousPlatform(patterns));
        try
        {
            return PlatformSelection.Of(patterns);
        }
        catch (FormatException e)
        {
            cmdlet.ThrowTerminatingError(CommandErrors.InvalidPlatform(patterns, e));
            throw;
        }
    }

    /// <summary>The platforms of architectures and operating systems, at least one of each; <c>*</c> for all.</summary>
    internal static PlatformSelection ParseArchitectures(
        this PSCmdlet cmdlet, string[] architectures, string[] systems)
    {
        try
        {
            return PlatformSelection.OfArchitectures(architectures, systems);
        }
        catch (FormatException e)
        {
            cmdlet.ThrowTerminatingError(CommandErrors.InvalidArchitecture([.. architectures, .. systems], e));
            throw;
        }
    }

    /// <summary>The shard, <c>I/N</c>.</summary>
    internal static Shard ParseShard(this PSCmdlet cmdlet, string argument)
    {
        try
        {
            return Shard.Parse(argument);
        }
        catch (FormatException e)
        {
            cmdlet.ThrowTerminatingError(CommandErrors.InvalidShard(argument, e));
            throw;
        }
    }

    /// <summary>How many images are worked on at once. Outside 1 to 20, the nearest bound with a warning.</summary>
    internal static int ParseThrottleLimit(this PSCmdlet cmdlet, int argument)
    {
        int limit = Math.Clamp(argument, 1, MaximumThrottleLimit);
        if (limit != argument)
            cmdlet.WriteWarning(Text.Format(SR.ThrottleLimitClamped, argument, MaximumThrottleLimit, limit));
        return limit;
    }

    /// <summary>A project, the start of a repository path; empty for none.</summary>
    internal static string ParseProject(this PSCmdlet cmdlet, string? argument, string parameter)
    {
        string project = (argument ?? "").Trim('/');
        try
        {
            // With a host in front, a project that looks like a host is still read as a path.
            if (project.Length > 0) ImageName.Parse($"localhost/{project}/image");
        }
        catch (FormatException e)
        {
            cmdlet.ThrowTerminatingError(CommandErrors.InvalidProject(parameter, project, e));
        }

        return project;
    }

    /// <summary>Regular expressions that select tags.</summary>
    internal static Regex[] ParseExpressions(this PSCmdlet cmdlet, string[] expressions, string parameter) =>
    [
        .. expressions.Select(text => cmdlet.Parse(
            text, TagExpression.Parse, e => CommandErrors.InvalidExpression(parameter, text, e))),
    ];

    /// <summary>Ranges of versions that select tags.</summary>
    internal static SemVerRange[] ParseRanges(this PSCmdlet cmdlet, string[] ranges, string parameter) =>
    [
        .. ranges.Select(text => cmdlet.Parse(
            text, SemVerRange.Parse, e => CommandErrors.InvalidRange(parameter, text, e))),
    ];

    private static T Parse<T>(
        this PSCmdlet cmdlet, string text, Func<string, T> parse, Func<FormatException, ErrorRecord> error)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException e)
        {
            cmdlet.ThrowTerminatingError(error(e));
            throw;
        }
    }

    private static RegistryHost ParseRegistry(this PSCmdlet cmdlet, string name, string origin)
    {
        if (!RegistryHost.TryParse(name, out RegistryHost? registry))
            cmdlet.ThrowTerminatingError(CommandErrors.InvalidRegistry(name, origin));
        return registry!;
    }
}
