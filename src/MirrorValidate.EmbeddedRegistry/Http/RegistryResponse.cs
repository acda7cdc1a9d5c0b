using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MirrorValidate.Embedded;

/// <summary>Writes responses.</summary>
internal static class RegistryResponse
{
    public const string DigestHeader = "Docker-Content-Digest";
    public const string JsonContentType = "application/json; charset=utf-8";

    private const int FlushThreshold = 64 * 1024;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes a body with its Content-Length. The server flushes a small one, so that the request counts as finished
    /// before the client gets the answer.
    /// </summary>
    public static Task WriteBytesAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.ContentLength = body.Length;
        if (body.Length == 0 || HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        return WritePieceAsync(context, body).AsTask();
    }

    /// <summary>Writes a piece of a body whose Content-Length is set. The server flushes small bodies.</summary>
    public static ValueTask WritePieceAsync(HttpContext context, ReadOnlyMemory<byte> piece)
    {
        if (context.Response.ContentLength > FlushThreshold)
        {
            return context.Response.Body.WriteAsync(piece, context.RequestAborted);
        }

        context.Response.BodyWriter.Write(piece.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes JSON.</summary>
    public static Task WriteJsonAsync(
        HttpContext context, Action<Utf8JsonWriter> write, string contentType = JsonContentType)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            write(writer);
        }

        buffer.Write("\n"u8);
        context.Response.ContentType = contentType;
        return WriteBytesAsync(context, buffer.WrittenMemory);
    }

    /// <summary>Writes an error as <c>{"errors":[{code,message,detail}]}</c> with its status.</summary>
    public static Task WriteErrorAsync(HttpContext context, RegistryError error)
    {
        context.Response.StatusCode = error.Status;
        return WriteJsonAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("errors");
            writer.WriteStartObject();
            writer.WriteString("code", error.Code);
            writer.WriteString("message", error.Message);
            WriteDetail(writer, error.Detail);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>Writes the router's plain-text answer to an unknown path.</summary>
    public static Task WriteNotFoundAsync(HttpContext context) =>
        WritePlainAsync(context, StatusCodes.Status404NotFound, "404 page not found\n"u8.ToArray());

    /// <summary>Writes the router's plain-text answer to a method that the path does not support.</summary>
    public static Task WriteMethodNotAllowedAsync(HttpContext context, string allow)
    {
        context.Response.Headers.Allow = allow;
        return WritePlainAsync(context, StatusCodes.Status405MethodNotAllowed, "Method not allowed\n"u8.ToArray());
    }

    private static Task WritePlainAsync(HttpContext context, int status, byte[] text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return WriteBytesAsync(context, text);
    }

    private static void WriteDetail(Utf8JsonWriter writer, object? detail)
    {
        if (detail is string text)
        {
            writer.WriteString("detail", text);
        }
        else if (detail is IReadOnlyDictionary<string, string> members)
        {
            writer.WriteStartObject("detail");
            foreach (var (name, value) in members)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }
    }
}
