using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MirrorValidate.Embedded;

/// <summary>Applies a <see cref="Fault"/> to a request.</summary>
internal static class FaultInjector
{
    private const int EndlessBlock = 64 * 1024;

    /// <param name="context">The request.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="respond">Writes the registry's normal answer.</param>
    public static async Task ApplyAsync(HttpContext context, Fault fault, Func<HttpContext, Task> respond)
    {
        var gone = context.RequestAborted;
        if (fault.HangForever)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, gone);
        }

        if (fault.Until is { } until) await until.WaitAsync(gone);
        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, gone);
        }

        if (fault.AbortConnection)
        {
            throw new ConnectionAbortedException("A fault says so.");
        }

        context.Response.OnStarting(
            static state =>
            {
                var (fault, response) = ((Fault, HttpResponse))state;
                SetHeaders(fault, response);
                return Task.CompletedTask;
            },
            (fault, context.Response));
        if (fault.EndlessBody)
        {
            context.Response.StatusCode = fault.Status ?? StatusCodes.Status200OK;
            await SendEndlessAsync(context, fault, gone);
            return;
        }

        if (!fault.SpoilsBody)
        {
            await (fault.ReplacesAnswer ? ReplaceAsync(context, fault) : respond(context));
            return;
        }

        var body = await CaptureAsync(
            context, inner => fault.ReplacesAnswer ? ReplaceAsync(inner, fault) : respond(inner));
        await SendSpoiledAsync(context, fault, body, gone);
    }

    private static void SetHeaders(Fault fault, HttpResponse response)
    {
        foreach (var (name, value) in fault.Headers)
        {
            response.Headers[name] = value;
        }

        SetOrRemove(response, "Content-Type", fault.ContentType);
        SetOrRemove(response, RegistryResponse.DigestHeader, fault.DigestHeader);
        if (fault.OmitContentLength)
        {
            response.ContentLength = null;
        }
    }

    private static void SetOrRemove(HttpResponse response, string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            response.Headers[name] = value;
        }
        else if (value is not null)
        {
            response.Headers.Remove(name);
        }
    }

    private static Task ReplaceAsync(HttpContext context, Fault fault)
    {
        var response = context.Response;
        if (fault.RedirectTo is { } target)
        {
            response.StatusCode = fault.Status ?? StatusCodes.Status307TemporaryRedirect;
            response.Headers.Location = target.Replace(
                "{path}", Fault.PathAndQuery(context.Request), StringComparison.Ordinal);
        }
        else
        {
            response.StatusCode = fault.Status ?? StatusCodes.Status200OK;
            if (FixedBody(fault) is null && response.StatusCode >= 400)
            {
                return RegistryResponse.WriteErrorAsync(context, RegistryError.ForStatus(response.StatusCode));
            }
        }

        return RegistryResponse.WriteBytesAsync(context, FixedBody(fault) ?? default);
    }

    private static byte[]? FixedBody(Fault fault) =>
        fault.BodyBytes is { } bytes ? bytes.ToArray()
            : fault.Body is { } text ? Encoding.UTF8.GetBytes(text)
            : null;

    /// <summary>
    /// Runs <paramref name="respond"/> and returns its body instead of sending it. Status and headers are set on the
    /// response.
    /// </summary>
    private static async Task<byte[]> CaptureAsync(HttpContext context, Func<HttpContext, Task> respond)
    {
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var buffer = new MemoryStream();
        var capture = new StreamResponseBodyFeature(buffer);
        context.Features.Set<IHttpResponseBodyFeature>(capture);
        try
        {
            await respond(context);
            await capture.CompleteAsync();
        }
        finally
        {
            context.Features.Set(original);
        }

        return buffer.ToArray();
    }

    private static async Task SendSpoiledAsync(HttpContext context, Fault fault, byte[] body, CancellationToken gone)
    {
        var response = context.Response;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        body = fault.TransformBody?.Invoke(body) ?? body;
        response.ContentLength = body.Length;
        var sent = Math.Min(fault.CutOffAfter ?? body.Length, body.Length);
        if (fault.DripDelay is { } pause)
        {
            for (var index = 0; index < sent; index++)
            {
                await response.Body.WriteAsync(body.AsMemory(index, 1), gone);
                await response.Body.FlushAsync(gone);
                await Task.Delay(pause, gone);
            }
        }
        else
        {
            await response.Body.WriteAsync(body.AsMemory(0, sent), gone);
            await response.Body.FlushAsync(gone);
        }

        // The body is shorter than announced: once this returns, the server sends what was written and closes the
        // connection.
    }

    private static async Task SendEndlessAsync(HttpContext context, Fault fault, CancellationToken gone)
    {
        var unit = FixedBody(fault) is { Length: > 0 } own ? own : " "u8.ToArray();
        var block = new byte[Math.Max(1, EndlessBlock / unit.Length) * unit.Length];
        for (var offset = 0; offset < block.Length; offset += unit.Length)
        {
            unit.CopyTo(block, offset);
        }

        context.Response.Headers.TryAdd("Content-Type", RegistryMediaTypes.DockerList);
        while (!gone.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(block, gone);
            if (fault.DripDelay is { } pause)
            {
                await context.Response.Body.FlushAsync(gone);
                await Task.Delay(pause, gone);
            }
        }
    }
}
