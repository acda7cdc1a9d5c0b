using System.Globalization;
using System.Net;
using MirrorValidate.Logging;
using MirrorValidate.Registries.Authentication;
using Polly.CircuitBreaker;

namespace MirrorValidate.Registries.Transport;

/// <summary>
/// Sends requests until they succeed or have failed for good: waits while a host wants to be left alone, answers challenges,
/// retries what is transient, and says in one sentence what it could not get through.
/// </summary>
internal sealed class RegistrySender(EndpointPool endpoints, Authenticator authenticator, RegistryOptions options, RegistrySide side)
{
    private readonly RedirectFollower _redirects = new(endpoints, options);

    /// <summary>Sends a request.</summary>
    /// <exception cref="RegistryException">No success; the message names side, host, request, attempts and the registry's own words.</exception>
    internal async Task<RegistryResponse> SendAsync(RegistryRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        RegistryEndpoint endpoint = endpoints.Get(request.Host);
        var attempts = new Attempts(new RequestDescription(side, request));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (context.TimeLeft != TimeSpan.MaxValue) deadline.CancelAfter(context.TimeLeft);
        try
        {
            return await endpoint.Resilience.ExecuteAsync(
                async (state, token) => await AttemptAsync(state.endpoint, state.request, state.attempts, state.context, token).ConfigureAwait(false),
                (endpoint, request, attempts, context),
                deadline.Token).ConfigureAwait(false);
        }
        catch (RegistryException e)
        {
            throw Explain(e, attempts.Description);
        }
        catch (BrokenCircuitException e)
        {
            context.Log(LogLevel.Warning, () => $"{endpoint.Host} does not answer and is left alone");
            throw Explain(
                new RegistryException(
                    RegistryFault.Unavailable, $"not asked: the registry did not answer the requests before this one, and is tried again later in the run", e),
                attempts.Description);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            string last = attempts.LastProblem is { } problem ? $"; before that: {problem}" : "";
            throw Explain(
                new RegistryException(RegistryFault.TimedOut, $"no answer within the {Seconds(context.Timeout ?? default)} for the image{last}", e),
                attempts.Description);
        }
    }

    private async Task<RegistryResponse> AttemptAsync(
        RegistryEndpoint endpoint, RegistryRequest request, Attempts attempts, RequestContext context, CancellationToken cancellationToken)
    {
        await WaitWhilePausedAsync(endpoint, attempts, context, cancellationToken).ConfigureAwait(false);
        attempts.Description.Attempts++;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.AttemptTimeout);
        try
        {
            return await ExchangeAsync(endpoint, request, attempts, context, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw attempts.Failed(new RegistryException(RegistryFault.TimedOut, $"no answer within {Seconds(options.AttemptTimeout)}", e) { IsTransient = true });
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            throw attempts.Failed(FaultTranslator.FromException(e, endpoint));
        }
        catch (RegistryException e)
        {
            attempts.Failed(e);
            throw;
        }
    }

    // The challenge and its answer are one attempt: at most a request without, one with a kept token, one with a new one.
    private async Task<RegistryResponse> ExchangeAsync(
        RegistryEndpoint endpoint, RegistryRequest request, Attempts attempts, RequestContext context, CancellationToken cancellationToken)
    {
        Uri baseAddress = await endpoint.GetBaseAddressAsync(cancellationToken).ConfigureAwait(false);
        var uri = new Uri(baseAddress, request.FullPath);
        RequestAuthorization? authorization = await authenticator.AuthorizeAsync(
            endpoint, baseAddress, request.Repository, context, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            (HttpResponseMessage response, bool isForeign) = await _redirects.SendAsync(
                request, endpoint, uri, authorization?.Header, context, cancellationToken).ConfigureAwait(false);
            using (response)
            {
                if (response.StatusCode == HttpStatusCode.OK)
                    return await ReadAsync(request, attempts.Description, response, cancellationToken).ConfigureAwait(false);
                if (response.StatusCode == HttpStatusCode.Unauthorized && !isForeign)
                {
                    List<Challenge> challenges = ChallengeParser.Parse(Header(response, "WWW-Authenticate"));
                    RequestAuthorization? answer = await authenticator.AnswerAsync(
                        endpoint, baseAddress, challenges, request.Repository, authorization, context, cancellationToken).ConfigureAwait(false);
                    if (answer is not null)
                    {
                        authorization = answer;
                        continue;
                    }
                }

                throw await RefusalAsync(endpoint, response, isForeign, authorization, attempts, context, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<RegistryResponse> ReadAsync(
        RegistryRequest request, RequestDescription description, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body = [];
        if (request.Method != HttpMethod.Head)
        {
            body = await BodyReader.ReadAsync(response.Content, request.MaximumSize, cancellationToken).ConfigureAwait(false)
                ?? throw new RegistryException(RegistryFault.ResponseTooLarge, $"the answer is larger than {request.MaximumSize} bytes");
        }

        return new RegistryResponse(
            description,
            response.Content.Headers.TryGetValues("Content-Type", out IEnumerable<string>? types) ? types.FirstOrDefault() : null,
            Header(response, "Docker-Content-Digest").FirstOrDefault(),
            response.Content.Headers.ContentLength,
            body);
    }

    private async Task<RegistryException> RefusalAsync(
        RegistryEndpoint endpoint,
        HttpResponseMessage response,
        bool isForeign,
        RequestAuthorization? authorization,
        Attempts attempts,
        RequestContext context,
        CancellationToken cancellationToken)
    {
        (RegistryFault fault, bool isTransient) = FaultTranslator.FromStatus(response.StatusCode);
        (string? code, string text) = (null, "");
        // Object storage that refuses a signed URL repeats parts of the signature; its status has to do.
        if (!isForeign)
        {
            byte[] body = await BodyReader.ReadStartAsync(response.Content, options.Limits.ErrorSize, cancellationToken).ConfigureAwait(false);
            (code, text) = RegistryErrorText.Read(body, response.Content.Headers.ContentType?.MediaType ?? "", authorization?.Secrets ?? []);
        }

        string clause = FaultTranslator.Describe(response, code, text);
        if (isForeign) clause += " from the host that the registry redirected to";
        TimeSpan? wait = FaultTranslator.RetryAfter(response.Headers);
        // A registry that limits without a word of when is given longer each time, and by all requests together.
        if (fault == RegistryFault.RateLimited) wait ??= TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts.Description.Attempts - 1, 6)));
        if (isTransient && wait is { } time)
        {
            endpoint.Pause(time);
            if (time > context.TimeLeft)
            {
                isTransient = false;
                clause += $" (asks to wait {Seconds(time)}, longer than the time left for the image)";
            }
        }

        return new RegistryException(fault, clause)
        {
            StatusCode = response.StatusCode,
            ErrorCode = code,
            IsTransient = isTransient,
            RetryAfter = wait,
        };
    }

    private static async Task WaitWhilePausedAsync(
        RegistryEndpoint endpoint, Attempts attempts, RequestContext context, CancellationToken cancellationToken)
    {
        for (TimeSpan left = endpoint.PauseLeft; left > TimeSpan.Zero; left = endpoint.PauseLeft)
        {
            if (left > context.TimeLeft)
            {
                throw attempts.Failed(new RegistryException(
                    RegistryFault.RateLimited,
                    $"not asked: the registry wants to be left alone for {Seconds(left)} more, longer than the time left for the image"));
            }

            context.Log(LogLevel.Information, () => $"waiting {Seconds(left)} for {endpoint.Host}, which asked to be left alone");
            await Task.Delay(left, cancellationToken).ConfigureAwait(false);
        }
    }

    private static RegistryException Explain(RegistryException fault, RequestDescription description) =>
        new(fault.Fault, description.Explain(fault.Message), fault.InnerException)
        {
            StatusCode = fault.StatusCode,
            ErrorCode = fault.ErrorCode,
        };

    private static IEnumerable<string> Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values : [];

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds * 10) / 10} s");

    private sealed class Attempts(RequestDescription description)
    {
        internal RequestDescription Description => description;

        internal string? LastProblem { get; private set; }

        internal RegistryException Failed(RegistryException fault)
        {
            LastProblem = fault.Message;
            return fault;
        }
    }
}
