using System.Buffers;
using System.Text;
using System.Text.Json;
using Splade.Cli.Terminal;

namespace Splade.Cli.Lines;

/// <summary>Reads one line of input: a JSON object with <c>text</c> and perhaps <c>title</c> and <c>id</c> or <c>_id</c>, or else the text itself.</summary>
internal static class InputText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="CommandFailedException">The line is not UTF-8, or begins as an object and is none with a text.</exception>
    public static InputLine Parse(in ReadOnlySequence<byte> line, long number)
    {
        try
        {
            string text = StrictUtf8.GetString(line);
            return text.AsSpan().TrimStart().StartsWith('{') ? ReadObject(text) : new InputLine(text, Id: null);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException or FormatException)
        {
            string problem = e is JsonException json ? $"It is no JSON from byte {json.BytePositionInLine} on." : e.Message;
            throw new CommandFailedException(
                $"Line {number} of the input is wrong: {problem} Expected UTF-8, and in a line that begins with {{ a JSON object with \"text\".", e);
        }
    }

    private static InputLine ReadObject(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        string text = Member(document.RootElement, "text") ?? throw new FormatException("The object has no \"text\".");
        string whole = Member(document.RootElement, "title") is { Length: > 0 } title ? $"{title} {text}" : text;
        string? metadata = document.RootElement.TryGetProperty("metadata", out JsonElement fields) ? fields.GetRawText() : null;
        return new InputLine(whole, InputId.Find(document.RootElement), metadata);
    }

    private static string? Member(JsonElement line, string name) => !line.TryGetProperty(name, out JsonElement value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        _ => throw new FormatException($"\"{name}\" is {value.ValueKind}, not a string."),
    };
}
