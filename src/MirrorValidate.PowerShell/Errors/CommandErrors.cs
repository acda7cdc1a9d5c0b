using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Errors;

/// <summary>The error records of the cmdlets: stable ids, the right category, what to do.</summary>
internal static class CommandErrors
{
    /// <param name="name">What was given.</param>
    /// <param name="origin">The parameter or the environment variable that gave it.</param>
    internal static ErrorRecord InvalidRegistry(string name, string origin) => Create(
        new ArgumentException($"{origin}: \"{name}\" is not a registry: write host[:port], without https:// and without a path"),
        "InvalidRegistry", ErrorCategory.InvalidArgument, name, "Write the registry as host[:port], for example registry.example.com:5000.");

    internal static ErrorRecord InvalidArchitecture(IEnumerable<string> names, ArgumentException exception) => Create(
        new ArgumentException($"-Architecture: no architecture is named in \"{string.Join(",", names)}\"", exception),
        "InvalidArchitecture", ErrorCategory.InvalidArgument, names, "Name architectures, for example amd64,arm64, or * for all.");

    internal static ErrorRecord InvalidProject(string name, FormatException exception) => Create(
        new ArgumentException($"-DefaultProject: \"{name}\" is not a project: {exception.Message}", exception),
        "InvalidProject", ErrorCategory.InvalidArgument, name, "Write the project as a repository path, for example library, or give an empty text for none.");

    internal static ErrorRecord UnreadableList(string path, Exception exception) => Create(
        new IOException($"cannot read the image list {path}: {exception.Message}", exception),
        "ImageListUnreadable",
        exception switch
        {
            FileNotFoundException or DirectoryNotFoundException or SessionStateException => ErrorCategory.ObjectNotFound,
            UnauthorizedAccessException => ErrorCategory.PermissionDenied,
            NotSupportedException => ErrorCategory.InvalidArgument,
            _ => ErrorCategory.ReadError,
        },
        path, "Check the path and that the file may be read.");

    internal static ErrorRecord UnwritableList(string path, Exception exception) => Create(
        new IOException($"cannot write the list {path}: {exception.Message}", exception),
        "ImageListUnwritable",
        exception switch
        {
            UnauthorizedAccessException => ErrorCategory.PermissionDenied,
            DirectoryNotFoundException or SessionStateException => ErrorCategory.ObjectNotFound,
            NotSupportedException => ErrorCategory.InvalidArgument,
            _ => ErrorCategory.WriteError,
        },
        path, "Name a file in a folder that exists and may be written; Test-MirrorImage needs none with -NoFailedList.");

    internal static ErrorRecord ListExists(string path) => Create(
        new IOException($"the list {path} exists already, and -NoClobber is given"),
        "ImageListExists", ErrorCategory.ResourceExists, path, "Name another file, or leave -NoClobber out.");

    internal static ErrorRecord NoInput(Exception? exception) => Create(
        new InvalidOperationException("there is no image list, and this host cannot ask for images", exception),
        "NoInput", ErrorCategory.InvalidArgument, null, "Pipe lines to the command, or use -Path, or -Source, -Destination and -Tag.");

    internal static ErrorRecord InvalidLine(ImageListException exception) =>
        OfReason(nameof(ValidationReason.InvalidLine), exception, exception.Line.Text);

    internal static ErrorRecord InvalidReference(string text, FormatException exception) => Create(
        exception, "InvalidReference", ErrorCategory.InvalidArgument, text, "Write the image as [registry/]repository[:tag][@digest].");

    /// <summary>The record of a look-up that came to nothing.</summary>
    internal static ErrorRecord OfLookup(Exception exception, object target) => exception is RegistryException { Fault: var fault }
        ? OfReason(ReasonAdvice.ErrorIdOf(fault), exception, target)
        : OfReason(
            nameof(ValidationReason.InternalError),
            new InvalidOperationException($"internal error: {exception.GetType().Name}: {exception.Message}", exception),
            target);

    /// <summary>The one record of a result whose status is Error.</summary>
    internal static ErrorRecord OfResult(MirrorImageResult result, object target) => OfReason(
        result.Reason,
        result.Exception is { } exception && exception.Message == result.Message
            ? exception
            : new InvalidOperationException(result.Message, result.Exception),
        target);

    private static ErrorRecord OfReason(string reason, Exception exception, object target) =>
        Create(exception, reason, ReasonAdvice.CategoryOf(reason), target, ReasonAdvice.For(reason));

    private static ErrorRecord Create(Exception exception, string id, ErrorCategory category, object? target, string advice) =>
        new(exception, id, category, target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = advice },
        };
}
