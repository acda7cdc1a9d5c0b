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
        writer.WriteNumber("id"u8, result.Id);
        writer.WriteString("status"u8, result.Status);
        writer.WriteString("reason"u8, result.Reason);
        writer.WriteString("message"u8, result.Message);
        writer.WriteString("source"u8, result.Source);
        writer.WriteString("destination"u8, result.Destination);
        writer.WriteString("tag"u8, result.Tag);
        writer.WriteString("platform"u8, result.Platform);
        writer.WriteString("sourceDigest"u8, result.SourceDigest);
        writer.WriteString("destinationDigest"u8, result.DestinationDigest);
        writer.WriteString("sourceMediaType"u8, result.SourceMediaType);
        writer.WriteString("destinationMediaType"u8, result.DestinationMediaType);
        ManifestSpecJson.Write(writer, "sourceSpec", result.SourceSpec);
        ManifestSpecJson.Write(writer, "destinationSpec", result.DestinationSpec);
        WriteDifferences(writer, result.Differences);
        WriteProof(writer, result.Proof);
        writer.WriteString("line"u8, result.Line);
        writer.WriteNumber("lineNumber"u8, result.LineNumber);
        writer.WriteString("path"u8, result.Path);
        WriteTime(writer, "time", result.Time);
        WriteSeconds(writer, "durationSeconds", result.Duration);
        writer.WriteNumber("requestCount"u8, result.RequestCount);
        writer.WriteString("shard"u8, result.Shard);
        writer.WritePropertyName("settings"u8);
        Write(writer, result.Settings);
        writer.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter writer, ValidationSettings settings)
    {
        writer.WriteStartObject();
        writer.WriteString("platform"u8, settings.Platform);
        writer.WriteString("comparison"u8, settings.Comparison);
        writer.WriteString("depth"u8, settings.Depth);
        writer.WriteBoolean("includeAttestation"u8, settings.IncludeAttestation);
        writer.WriteBoolean("includeReferrer"u8, settings.IncludeReferrer);
        writer.WriteString("sourceStore"u8, settings.SourceStore);
        writer.WriteString("destinationStore"u8, settings.DestinationStore);
        writer.WriteString("version"u8, settings.Version);
        writer.WriteEndObject();
    }

    /// <summary>Writes a time with its offset (RFC 3339); <c>null</c> for none.</summary>
    internal static void WriteTime(Utf8JsonWriter writer, string name, DateTime time)
    {
        if (time == default) writer.WriteNull(name);
        else writer.WriteString(name, new DateTimeOffset(time));
    }

    /// <summary>Writes a duration as seconds.</summary>
    internal static void WriteSeconds(Utf8JsonWriter writer, string name, TimeSpan time) =>
        writer.WriteNumber(name, (decimal)time.Ticks / TimeSpan.TicksPerSecond);

    private static void WriteDifferences(Utf8JsonWriter writer, MirrorDifferenceCollection differences)
    {
        writer.WriteStartArray("differences"u8);
        foreach (MirrorDifference difference in differences)
        {
            writer.WriteStartObject();
            writer.WriteString("kind"u8, difference.Kind);
            writer.WriteString("platform"u8, difference.Platform);
            writer.WriteString("source"u8, difference.Source);
            writer.WriteString("destination"u8, difference.Destination);
            writer.WriteString("explanation"u8, difference.Explanation);
            writer.WriteString("remedy"u8, difference.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteProof(Utf8JsonWriter writer, MirrorProof proof)
    {
        writer.WriteStartObject("proof"u8);
        writer.WriteString("level"u8, proof.Level);
        writer.WriteNumber("manifests"u8, proof.Manifests);
        writer.WriteNumber("blobs"u8, proof.Blobs);
        writer.WriteNumber("bytes"u8, proof.Bytes);
        writer.WriteStartArray("foreignLayers"u8);
        foreach (string layer in proof.ForeignLayers) writer.WriteStringValue(layer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
