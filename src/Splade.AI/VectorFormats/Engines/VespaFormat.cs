using System.Text;
using System.Text.Json;

namespace Splade.AI.VectorFormats.Engines;

/// <summary>Vespa's tensors with one mapped dimension, <c>tensor&lt;float&gt;(token{})</c>.</summary>
/// <remarks>
/// Cells of type <c>float</c> keep a weight as it is; <c>bfloat16</c> cuts it to 8 bits. A tensor ranks and does not retrieve: the query asks for all
/// documents, and the rank profile adds the products up.
/// </remarks>
internal sealed class VespaFormat() : SparseVectorFormat("vespa", "Vespa, a field of type tensor<float>(token{})")
{
    private static readonly FormatLimits Limits = new()
    {
        IdLetters = new(IsText, "expected text: Vespa takes no id with control characters or non-characters. Encode it, for example by Uri.EscapeDataString."),
    };

    private protected override FormatLimits DocumentLimits(SparseVectorFormatOptions options) => Limits;

    // The short form without "cells" would take a token of that name, or "type", for something else.
    private protected override void WriteVector(Utf8JsonWriter json, SparseVector vector, SparseVectorFormatOptions options)
    {
        json.WriteStartObject();
        json.WritePropertyName("cells");
        json.WriteMap(vector, TokenNames.For(vector, options));
        json.WriteEndObject();
    }

    private protected override void WriteQueryBody(Utf8JsonWriter json, SparseVector query, SparseVectorFormatOptions options)
    {
        json.WriteStartObject();
        json.WriteString("yql", $"select * from {DocumentType(options)} where true");
        json.WriteString("ranking", options.Field);
        json.WritePropertyName($"input.query({options.Field})");
        WriteVector(json, query, options);
        json.WriteNumber("hits", options.Top);
        json.WriteEndObject();
    }

    private protected override void WriteBulkLines(
        BulkLines lines, IReadOnlyList<KeyValuePair<string, SparseVector>> documents, SparseVectorFormatOptions options)
    {
        string type = DocumentType(options);
        foreach ((string id, SparseVector vector) in documents)
        {
            lines.Add(json =>
            {
                json.WriteString("put", $"id:{type}:{type}::{id}");
                json.WriteStartObject("fields");
                json.WritePropertyName(options.Field);
                WriteVector(json, vector, options);
                json.WriteEndObject();
            });
        }
    }

    // Vespa's Text.isTextCharacter: also the last two of each plane, and U+FDD0 to U+FDEF, are none.
    private static bool IsText(Rune letter) => letter.Value is '\t' or '\n' or '\r'
        || (letter.Value is >= 0x20 and not 0x7F and not (>= 0xFDD0 and <= 0xFDEF) && (letter.Value & 0xFFFE) != 0xFFFE);

    // It stands in a query and in ids as it is.
    private static string DocumentType(SparseVectorFormatOptions options) =>
        char.IsAsciiLetter(options.Index[0]) && options.Index.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? options.Index
            : throw new ArgumentException(
                $"Found '{ShortNames.Cut(options.Index)}', expected the name of a document type: letters, digits and _ after a letter.", nameof(options));
}
