using System.Globalization;
using System.Text.Json;
using MirrorValidate.Validation;

namespace MirrorValidate.Reports.Results;

/// <summary>
/// Writes a result as JSON, as docs/report.schema.json describes it: the members of <see cref="MirrorImageResult"/>,
/// every one of them, in camel case. <see cref="ResultReader"/> reads it.
/// </summary>
internal static class MirrorResultJson
{
    internal static void Write(Utf8JsonWriter writer, MirrorImageResult result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", result.Id);
        writer.WriteString("status", result.Status);
        writer.WriteString("reason", result.Reason);
        writer.WriteString("message", result.Message);
        writer.WriteString("source", result.Source);
        writer.WriteString("destination", result.Destination);
        writer.WriteString("tag", result.Tag);
        writer.WriteString("platform", result.Platform);
        writer.WriteString("sourceDigest", result.SourceDigest);
        writer.WriteString("destinationDigest", result.DestinationDigest);
        writer.WriteString("sourceMediaType", result.SourceMediaType);
        writer.WriteString("destinationMediaType", result.DestinationMediaType);
        ManifestSpecJson.Write(writer, "sourceSpec", result.SourceSpec);
        ManifestSpecJson.Write(writer, "destinationSpec", result.DestinationSpec);
        WriteDifferences(writer, result.Differences);
        WriteProof(writer, result.Proof);
        writer.WriteString("line", result.Line);
        writer.WriteNumber("lineNumber", result.LineNumber);
        writer.WriteString("path", result.Path);
        WriteTime(writer, "time", result.Time);
        WriteSeconds(writer, "durationSeconds", result.Duration);
        writer.WriteNumber("requestCount", result.RequestCount);
        writer.WriteString("shard", result.Shard);
        writer.WritePropertyName("settings");
        Write(writer, result.Settings);
        writer.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter writer, ValidationSettings settings)
    {
        writer.WriteStartObject();
        writer.WriteString("platform", settings.Platform);
        writer.WriteString("comparison", settings.Comparison);
        writer.WriteString("depth", settings.Depth);
        writer.WriteBoolean("includeAttestation", settings.IncludeAttestation);
        writer.WriteBoolean("includeReferrer", settings.IncludeReferrer);
        writer.WriteString("sourceStore", settings.SourceStore);
        writer.WriteString("destinationStore", settings.DestinationStore);
        writer.WriteString("version", settings.Version);
        writer.WriteEndObject();
    }

    /// <summary>Writes a time with its offset (RFC 3339); <c>null</c> for none.</summary>
    internal static void WriteTime(Utf8JsonWriter writer, string name, DateTime time)
    {
        if (time == default) writer.WriteNull(name);
        else writer.WriteString(name, time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture));
    }

    /// <summary>Writes a duration as seconds.</summary>
    internal static void WriteSeconds(Utf8JsonWriter writer, string name, TimeSpan time) =>
        writer.WriteNumber(name, (decimal)time.Ticks / TimeSpan.TicksPerSecond);

    private static void WriteDifferences(Utf8JsonWriter writer, MirrorDifferenceCollection differences)
    {
        writer.WriteStartArray("differences");
        foreach (MirrorDifference difference in differences)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", difference.Kind);
            writer.WriteString("platform", difference.Platform);
            writer.WriteString("source", difference.Source);
            writer.WriteString("destination", difference.Destination);
            writer.WriteString("explanation", difference.Explanation);
            writer.WriteString("remedy", difference.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteProof(Utf8JsonWriter writer, MirrorProof proof)
    {
        writer.WriteStartObject("proof");
        writer.WriteString("level", proof.Level);
        writer.WriteNumber("manifests", proof.Manifests);
        writer.WriteNumber("blobs", proof.Blobs);
        writer.WriteNumber("bytes", proof.Bytes);
        writer.WriteStartArray("foreignLayers");
        foreach (string layer in proof.ForeignLayers) writer.WriteStringValue(layer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
