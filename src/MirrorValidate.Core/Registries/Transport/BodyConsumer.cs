namespace MirrorValidate.Registries.Transport;

/// <summary>Takes the body of an answer as it comes. Called anew for each attempt.</summary>
/// <param name="answer">The answer, its body not yet read; it may be left unread.</param>
/// <param name="state">Told of each piece that arrives: the time of an attempt is that of waiting for the next one.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal delegate Task BodyConsumer(HttpResponseMessage answer, RequestState state, CancellationToken cancellationToken);
