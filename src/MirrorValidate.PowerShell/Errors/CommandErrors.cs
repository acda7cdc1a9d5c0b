using System.Management.Automation;
using MirrorValidate.ImageLists;
using MirrorValidate.Registries;
using MirrorValidate.Validation;

namespace MirrorValidate.PowerShell.Errors;

/// <summary>The error records of the cmdlets: stable ids, the right category, what to do.</summary>
internal static class CommandErrors
{
    internal static ErrorRecord InvalidRegistry(string name, string parameter) => Create(
        new ArgumentException($"-{parameter}: \"{name}\" is not a registry: write host[:port], without https:// and without a path"),
        "InvalidRegistry", ErrorCategory.InvalidArgument, name, "Write the registry as host[:port], for example registry.example.com:5000.");

    internal static ErrorRecord UnreadableList(string path, Exception exception) => Create(
        new IOException($"cannot read the image list {path}: {exception.Message}", exception),
        "ImageListUnreadable",
        exception is FileNotFoundException or DirectoryNotFoundException or ItemNotFoundException
            ? ErrorCategory.ObjectNotFound
            : exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.ReadError,
        path, "Check the path and that the file may be read.");

    internal static ErrorRecord UnwritableList(string path, Exception exception) => Create(
        new IOException($"cannot write the list {path}: {exception.Message}", exception),
        "ImageListUnwritable",
        exception is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.WriteError,
        path, "Name a file in a folder that may be written, or use -NoFailedList where no list is needed.");

    internal static ErrorRecord NoInput(Exception? exception) => Create(
        new InvalidOperationException("there is no image list, and this host cannot ask for images", exception),
        "NoInput", ErrorCategory.InvalidArgument, null, "Pipe lines to the command, or use -Path, or -Source, -Destination and -Tag.");

    internal static ErrorRecord InvalidLine(ImageListLine line, ImageListException exception) => Create(
        exception, nameof(ValidationReason.InvalidLine), ReasonAdvice.CategoryOf(nameof(ValidationReason.InvalidLine)), line.Text,
        ReasonAdvice.For(nameof(ValidationReason.InvalidLine)));

    internal static ErrorRecord InvalidReference(string text, FormatException exception) => Create(
        exception, "InvalidReference", ErrorCategory.InvalidArgument, text, "Write the image as [registry/]repository[:tag][@digest].");

    internal static ErrorRecord OfRegistry(RegistryException exception, object target) => Create(
        exception, ReasonAdvice.ErrorIdOf(exception.Fault), ReasonAdvice.CategoryOf(ReasonAdvice.ErrorIdOf(exception.Fault)), target,
        ReasonAdvice.For(ReasonAdvice.ErrorIdOf(exception.Fault)));

    /// <summary>The one record of a result whose status is Error.</summary>
    internal static ErrorRecord OfResult(MirrorImageResult result, object target) => Create(
        result.Exception is { } exception && exception.Message == result.Message
            ? exception
            : new InvalidOperationException(result.Message, result.Exception),
        result.Reason, ReasonAdvice.CategoryOf(result.Reason), target, ReasonAdvice.For(result.Reason));

    private static ErrorRecord Create(Exception exception, string id, ErrorCategory category, object? target, string advice) =>
        new(exception, id, category, target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = advice },
        };
}
