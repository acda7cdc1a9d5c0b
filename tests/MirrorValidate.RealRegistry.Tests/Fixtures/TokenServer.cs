using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace MirrorValidate.RealRegistry.Tests.Fixtures;

/// <summary>
/// A token service on loopback that a real registry trusts: GET with Basic credentials or none, and the OAuth2 POST
/// that exchanges a password or an identity token (distribution's docs/spec/auth/token.md and oauth.md).
/// </summary>
public sealed class TokenServer : IAsyncDisposable
{
    private const string Service = "mirror-validate-tests";

    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentQueue<TokenRequest> _requests = new();
    private readonly TokenSigner _signer;
    private readonly WebApplication _application;

    private TokenServer(TokenServerOptions options)
    {
        Options = options;
        _signer = new TokenSigner("mirror-validate-test-issuer", Service);
        File.WriteAllText(_directory["bundle.pem"], _signer.CertificatePem);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, Listen));
        _application = builder.Build();
        _application.MapMethods("/token", ["GET", "POST"], (Delegate)AnswerAsync);
    }

    /// <summary>The options for the following requests.</summary>
    public TokenServerOptions Options { get; set; }

    /// <summary>The URL that issues tokens.</summary>
    public Uri Realm { get; private set; } = null!;

    /// <summary>The settings that make a registry trust this service.</summary>
    public RegistryTokenAuthentication Authentication => new(Realm, Service, _signer.Issuer, _directory["bundle.pem"]);

    /// <summary>The requests so far, in order of arrival.</summary>
    public IReadOnlyList<TokenRequest> Requests => [.. _requests];

    /// <summary>Starts a service on a free port.</summary>
    public static async Task<TokenServer> StartAsync(TokenServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new TokenServer(options ?? new TokenServerOptions());
        await server._application.StartAsync(cancellationToken);
        server.Realm = new Uri(new Uri(server._application.Urls.Single()), "/token");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _signer.Dispose();
        _directory.Dispose();
    }

    private void Listen(ListenOptions listen)
    {
        if (Options.Certificate is { } files)
            listen.UseHttps(X509Certificate2.CreateFromPemFile(files.CertificatePath, files.KeyPath));
    }

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var request = await TokenRequest.ReadAsync(context.Request, context.RequestAborted);
        _requests.Enqueue(request);

        var options = Options;
        if (options.User is { } user && !request.IsFrom(user) && !request.Presents(options.IdentityToken))
            return Results.Json(new { errors = new[] { new { code = "UNAUTHORIZED", message = "wrong credentials" } } }, statusCode: 401);

        var token = _signer.Sign(options.Grant is { } grant ? request.Scopes.Select(grant) : request.Scopes, options.TokenLifetime);
        var answer = new Dictionary<string, object> { [context.Request.Method == "GET" ? "token" : "access_token"] = token };
        if (options.ReportedLifetime is { } lifetime)
            answer["expires_in"] = (int)lifetime.TotalSeconds;
        return Results.Json(answer);
    }
}
