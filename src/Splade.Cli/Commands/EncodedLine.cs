using System.Text.Json;
using Splade.AI;
using Splade.Cli.Lines;

namespace Splade.Cli.Commands;

/// <summary>The members of a line that `splade encode` writes.</summary>
internal static class EncodedLine
{
    public static void Write(Utf8JsonWriter json, (InputId? Id, SpladeEncoding Encoding) line)
    {
        (InputId? id, SpladeEncoding encoding) = line;
        id?.WriteTo(json);
        WriteVector(json, encoding.Vector, encoding.TokenCount);
        json.WriteBoolean("truncated", encoding.Truncated);
        if (encoding.Passages.Count > 0)
        {
            WritePassages(json, encoding.Passages);
        }
    }

    private static void WritePassages(Utf8JsonWriter json, IReadOnlyList<SpladePassage> passages)
    {
        json.WriteStartArray("passages");
        foreach (SpladePassage passage in passages)
        {
            json.WriteStartObject();
            json.WriteArray("span", [passage.Span.Start, passage.Span.End]);
            WriteVector(json, passage.Vector, passage.TokenCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVector(Utf8JsonWriter json, SparseVector vector, int tokens)
    {
        json.WriteArray("indices", vector.Indices);
        json.WriteArray("values", vector.Values);
        json.WriteNumber("tokens", tokens);
    }
}
