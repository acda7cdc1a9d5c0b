using System.Management.Automation;
using System.Text.RegularExpressions;
using MirrorValidate.ImageLists;
using MirrorValidate.References;
using MirrorValidate.Registries;
using MirrorValidate.ResultFiles;
using MirrorValidate.Stores;
using MirrorValidate.Stores.Saving;
using MirrorValidate.Validation;
using MirrorValidate.Validation.Findings;

namespace MirrorValidate.PowerShell.Errors;

/// <summary>
/// The error records of the cmdlets: stable ids, the right category, what to do. What is wrong with the command's input
/// has its message in SR.resx, under the id, and what to do under the id that ends in Advice. What is wrong with an
/// image has its
/// <see cref="ValidationReason"/> as id, and the rest in <see cref="ReasonTable"/>.
/// </summary>
internal static class CommandErrors
{
    /// <param name="name">What was given.</param>
    /// <param name="origin">The parameter or the environment variable that gave it.</param>
    internal static ErrorRecord InvalidRegistry(string name, string origin) => Create(
        new ArgumentException(Text.Format(SR.InvalidRegistry, origin, name)),
        nameof(SR.InvalidRegistry),
        ErrorCategory.InvalidArgument,
        name);

    internal static ErrorRecord AmbiguousRegistry(string name, string origin) => Create(
        new ArgumentException(Text.Format(SR.AmbiguousRegistry, origin, name)),
        nameof(SR.AmbiguousRegistry),
        ErrorCategory.InvalidArgument,
        name);

    internal static ErrorRecord AmbiguousPlatform(IEnumerable<string> patterns) => Create(
        new ArgumentException(SR.AmbiguousPlatform),
        nameof(SR.AmbiguousPlatform), ErrorCategory.InvalidArgument, patterns);

    internal static ErrorRecord InvalidPlatform(IEnumerable<string> patterns, FormatException exception) => Create(
        new ArgumentException(Text.Format(SR.InvalidPlatform, exception.Message), exception),
        nameof(SR.InvalidPlatform), ErrorCategory.InvalidArgument, patterns);

    internal static ErrorRecord InvalidArchitecture(IEnumerable<string> names, FormatException exception) => Create(
        new ArgumentException(Text.Format(SR.InvalidArchitecture, exception.Message), exception),
        nameof(SR.InvalidArchitecture), ErrorCategory.InvalidArgument, names);

    internal static ErrorRecord InvalidProject(string parameter, string name, FormatException exception) => Create(
        new ArgumentException(Text.Format(SR.InvalidProject, parameter, name, exception.Message), exception),
        nameof(SR.InvalidProject), ErrorCategory.InvalidArgument, name);

    internal static ErrorRecord UnreadableList(string path, Exception exception) => OfFile(
        SR.ImageListUnreadable, nameof(SR.ImageListUnreadable), path, exception, ErrorCategory.ReadError);

    internal static ErrorRecord UnreadableFormat(string path, ImageListFormatException exception)
    {
        string id = exception.IsUnknownFormat ? nameof(SR.ImageListFormatUnknown) : nameof(SR.ImageListMalformed);
        return OfFile(SR.ResourceManager.GetString(id, SR.Culture)!, id, path, exception, ErrorCategory.InvalidData);
    }

    /// <param name="place">What was given.</param>
    /// <param name="exception">What is wrong with it.</param>
    internal static ErrorRecord InvalidDestination(string place, FormatException exception) => Create(
        new ArgumentException(Text.Format(SR.InvalidDestination, place, exception.Message), exception),
        nameof(SR.InvalidDestination), ErrorCategory.InvalidArgument, place);

    internal static ErrorRecord UnreadableRegistryMap(string paths, Exception exception) => OfFile(
        SR.RegistryMapUnreadable, nameof(SR.RegistryMapUnreadable), paths, exception, ErrorCategory.InvalidData);

    /// <param name="argument">What was given.</param>
    /// <param name="exception">Why it cannot be read as a store.</param>
    internal static ErrorRecord UnreadableStore(string argument, Exception exception)
    {
        bool isMissing = exception is StoreException { Fault: RegistryFault.NotFound };
        return Create(
            exception,
            isMissing ? "StoreNotFound" : "StoreUnreadable",
            isMissing ? ErrorCategory.ObjectNotFound : ErrorCategory.InvalidData,
            argument);
    }

    internal static ErrorRecord UnwritableStore(string path, Exception exception) => OfFile(
        SR.StoreUnwritable, nameof(SR.StoreUnwritable), path, exception, ErrorCategory.WriteError);

    /// <summary>The one record of a source that was not saved.</summary>
    internal static ErrorRecord OfSaved(SavedSource saved) => OfReason(
        ReasonTable.Of(Enum.Parse<ValidationReason>(saved.Reason)),
        saved.Exception is { } exception && exception.Message == saved.Message
            ? exception
            : new InvalidOperationException(saved.Message, saved.Exception),
        saved.Line);

    /// <param name="path">The failed list.</param>
    /// <param name="partialPath">Where its entries are.</param>
    /// <param name="exception">Why it was not replaced.</param>
    internal static ErrorRecord FailedListNotReplaced(string path, string partialPath, Exception exception) => Create(
        new IOException(Text.Format(SR.FailedListNotReplaced, path, partialPath, exception.Message), exception),
        nameof(SR.FailedListNotReplaced), Of(exception, ErrorCategory.WriteError), path);

    internal static ErrorRecord FailedListNotRemoved(string path, Exception exception) => OfFile(
        SR.FailedListNotRemoved, nameof(SR.FailedListNotRemoved), path, exception, ErrorCategory.WriteError);

    internal static ErrorRecord UnwritableList(string path, Exception exception) => OfFile(
        SR.ImageListUnwritable, nameof(SR.ImageListUnwritable), path, exception, ErrorCategory.WriteError);

    internal static ErrorRecord UnwritableLog(string path, Exception exception) => OfFile(
        SR.LogUnwritable, nameof(SR.LogUnwritable), path, exception, ErrorCategory.WriteError);

    internal static ErrorRecord ListExists(string path) => Create(
        new IOException(Text.Format(SR.ImageListExists, path)),
        nameof(SR.ImageListExists),
        ErrorCategory.ResourceExists,
        path);

    /// <param name="path">The result file.</param>
    /// <param name="exception">What is wrong.</param>
    internal static ErrorRecord OfResultFile(string path, Exception exception)
    {
        (string format, string id, ErrorCategory category) = exception switch
        {
            ResultFileException { Problem: ResultFileProblem.Exists } =>
                (SR.ResultFileExists, nameof(SR.ResultFileExists), ErrorCategory.ResourceExists),
            ResultFileException { Problem: ResultFileProblem.InUse } =>
                (SR.ResultFileInUse, nameof(SR.ResultFileInUse), ErrorCategory.ResourceBusy),
            ResultFileException or FormatException =>
                (SR.ResultFileInvalid, nameof(SR.ResultFileInvalid), ErrorCategory.InvalidData),
            _ => (SR.ResultFileUnwritable, nameof(SR.ResultFileUnwritable), ErrorCategory.WriteError),
        };
        return OfFile(format, id, path, exception, category);
    }

    internal static ErrorRecord UnreadableResults(string path, Exception exception) => OfFile(
        SR.ResultFileUnreadable, nameof(SR.ResultFileUnreadable), path, exception, ErrorCategory.ReadError);

    /// <param name="path">The result file.</param>
    /// <param name="problem">Why it has not the results of all entries.</param>
    internal static ErrorRecord UnfinishedResults(string path, string problem) => Create(
        new InvalidOperationException(Text.Format(SR.ResultFileUnfinished, path, problem)),
        nameof(SR.ResultFileUnfinished), ErrorCategory.InvalidResult, path);

    /// <param name="problem">What is not right with the shards.</param>
    internal static ErrorRecord IncompleteShards(string problem) => Create(
        new InvalidOperationException(Text.Format(SR.ShardsIncomplete, problem)),
        nameof(SR.ShardsIncomplete), ErrorCategory.InvalidResult, target: null);

    internal static ErrorRecord NoResultPath() => Create(
        new ArgumentException(SR.NoResultPath), nameof(SR.NoResultPath), ErrorCategory.InvalidArgument, target: null);

    internal static ErrorRecord AmbiguousResume() => Create(
        new ArgumentException(SR.AmbiguousResume),
        nameof(SR.AmbiguousResume), ErrorCategory.InvalidArgument, target: null);

    internal static ErrorRecord SharedFile(string path) => Create(
        new ArgumentException(Text.Format(SR.SharedFile, path)),
        nameof(SR.SharedFile), ErrorCategory.InvalidArgument, path);

    internal static ErrorRecord InvalidShard(string text, FormatException exception) => Create(
        new ArgumentException(Text.Format(SR.InvalidShard, exception.Message), exception),
        nameof(SR.InvalidShard), ErrorCategory.InvalidArgument, text);

    internal static ErrorRecord UnwritableReport(string path, Exception exception) => OfFile(
        SR.ReportUnwritable, nameof(SR.ReportUnwritable), path, exception, ErrorCategory.WriteError);

    internal static ErrorRecord ReportExists(string path) => Create(
        new IOException(Text.Format(SR.ReportExists, path)),
        nameof(SR.ReportExists), ErrorCategory.ResourceExists, path);

    internal static ErrorRecord UnknownReportFormat(string path) => Create(
        new ArgumentException(Text.Format(SR.ReportFormatUnknown, path)),
        nameof(SR.ReportFormatUnknown), ErrorCategory.InvalidArgument, path);

    /// <param name="path">What was given.</param>
    /// <param name="exception">What is wrong with it.</param>
    internal static ErrorRecord UnreadableBaseline(string path, Exception exception) => OfFile(
        SR.BaselineUnreadable, nameof(SR.BaselineUnreadable), path, exception, ErrorCategory.InvalidData);

    /// <param name="item">The object.</param>
    /// <param name="exception">Why it is no result.</param>
    internal static ErrorRecord NoResult(object? item, FormatException exception) => Create(
        new ArgumentException(Text.Format(SR.NoResult, exception.Message), exception),
        nameof(SR.NoResult), ErrorCategory.InvalidType, item);

    internal static ErrorRecord NoInput(Exception? exception) => Create(
        new InvalidOperationException(SR.NoInput, exception),
        nameof(SR.NoInput),
        ErrorCategory.InvalidArgument,
        target: null);

    /// <summary>The record of an entry of a list that says no image.</summary>
    internal static ErrorRecord InvalidLine(ImageListException exception) =>
        OfReason(ReasonTable.Of(Verdict.OfEntry(exception).Reason), exception, exception.Line.Text);

    internal static ErrorRecord InvalidReference(string text, FormatException exception) =>
        Create(exception, "InvalidReference", ErrorCategory.InvalidArgument, text);

    /// <param name="name">What was given.</param>
    /// <param name="exception">What is wrong with it.</param>
    internal static ErrorRecord InvalidRepository(string name, FormatException exception) =>
        Create(exception, "InvalidRepository", ErrorCategory.InvalidArgument, name);

    /// <param name="repository">The repository.</param>
    /// <param name="tag">What its registry lists among its tags.</param>
    internal static ErrorRecord InvalidTag(string repository, string tag) => Create(
        new FormatException(Text.Format(SR.InvalidTag, repository, Printable.Of(tag))),
        nameof(SR.InvalidTag), ErrorCategory.InvalidData, repository);

    internal static ErrorRecord InvalidExpression(string parameter, string text, FormatException exception) => Create(
        new ArgumentException(Text.Format(SR.InvalidExpression, parameter, exception.Message), exception),
        nameof(SR.InvalidExpression), ErrorCategory.InvalidArgument, text);

    internal static ErrorRecord InvalidRange(string parameter, string text, FormatException exception) => Create(
        new ArgumentException(Text.Format(SR.InvalidRange, parameter, exception.Message), exception),
        nameof(SR.InvalidRange), ErrorCategory.InvalidArgument, text);

    internal static ErrorRecord SlowExpression(RegexMatchTimeoutException exception) => Create(
        new ArgumentException(Text.Format(SR.SlowExpression, exception.Pattern), exception),
        nameof(SR.SlowExpression), ErrorCategory.OperationTimeout, exception.Pattern);

    /// <summary>The record of an image that could not be looked up.</summary>
    internal static ErrorRecord OfLookup(Exception exception, object target) =>
        OfLookup(exception, "ManifestNotFound", ReasonTable.Of(ValidationReason.SourceNotFound).Advice, target);

    /// <summary>The record of a repository whose tags could not be listed.</summary>
    internal static ErrorRecord OfTags(Exception exception, object target) =>
        OfLookup(exception, "RepositoryNotFound", SR.RepositoryNotFoundAdvice, target);

    private static ErrorRecord OfLookup(Exception exception, string absenceId, string absenceAdvice, object target)
    {
        if (exception is not RegistryException { Fault: var fault })
        {
            ReasonInfo bug = ReasonTable.Of(ValidationReason.InternalError);
            string message = bug.Format(exception.GetType().Name, exception.Message);
            return OfReason(bug, new InvalidOperationException(message, exception), target);
        }

        // A look-up has no destination, so that its image is no source.
        return fault == RegistryFault.NotFound
            ? Create(exception, absenceId, ErrorCategory.ObjectNotFound, absenceAdvice, target)
            : OfReason(ReasonTable.Of(fault), exception, target);
    }

    /// <summary>The one record of a result whose status is Error.</summary>
    internal static ErrorRecord OfResult(MirrorImageResult result, object target) => OfReason(
        ReasonTable.Of(Enum.Parse<ValidationReason>(result.Reason)),
        result.Exception is { } exception && exception.Message == result.Message
            ? exception
            : new InvalidOperationException(result.Message, result.Exception),
        target);

    private static ErrorRecord OfFile(
        string format, string id, string path, Exception exception, ErrorCategory category) => Create(
        new IOException(Text.Format(format, path, exception.Message), exception), id, Of(exception, category), path);

    private static ErrorCategory Of(Exception exception, ErrorCategory otherwise) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => ErrorCategory.ObjectNotFound,
        // ERROR_INVALID_NAME: Windows has no such file, since none can have that name.
        IOException { HResult: unchecked((int)0x8007007B) } => ErrorCategory.ObjectNotFound,
        SessionStateException => ErrorCategory.ObjectNotFound,
        UnauthorizedAccessException => ErrorCategory.PermissionDenied,
        NotSupportedException => ErrorCategory.InvalidArgument,
        _ => otherwise,
    };

    private static ErrorRecord OfReason(ReasonInfo reason, Exception exception, object target) => Create(
        exception, reason.Reason.ToString(), Enum.Parse<ErrorCategory>(reason.Category), reason.Advice, target);

    private static ErrorRecord Create(Exception exception, string id, ErrorCategory category, object? target) =>
        Create(exception, id, category, SR.ResourceManager.GetString($"{id}Advice", SR.Culture)!, target);

    private static ErrorRecord Create(
        Exception exception, string id, ErrorCategory category, string advice, object? target) =>
        new(exception, id, category, target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = advice },
        };
}
