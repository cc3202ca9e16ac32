using System.Text.Json;
using Splade.AI.Evaluation.Files;

namespace Splade.AI.Evaluation;

/// <summary>Reads the documents or the queries of a collection in BEIR's form: one JSON object per line, each with another <c>_id</c>.</summary>
internal static class BeirFile
{
    private const string Expected = "expected an object with \"_id\" and \"text\"";

    /// <summary>Reads the documents with the numbers of their lines.</summary>
    /// <exception cref="InvalidDataException">A line is wrong.</exception>
    public static IEnumerable<(int Line, EvaluationDocument Document)> ReadDocuments(string path) =>
        ReadObjects(path, json => new EvaluationDocument(Id(json), Member(json, "title") ?? "", Required(json, "text")), document => document.Id);

    /// <summary>Reads the queries with the numbers of their lines.</summary>
    /// <exception cref="InvalidDataException">A line is wrong.</exception>
    public static IEnumerable<(int Line, EvaluationQuery Query)> ReadQueries(string path) =>
        ReadObjects(path, json => new EvaluationQuery(Id(json), Required(json, "text")), query => query.Id);

    private static IEnumerable<(int Line, T Item)> ReadObjects<T>(string path, Func<JsonElement, T> read, Func<T, string> idOf)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((int number, string line) in DataLines.Read(path))
        {
            T item = Read(path, number, line, read);
            if (!lines.TryAdd(idOf(item), number))
            {
                DataLines.Fail(path, number, $"Found the \"_id\" '{idOf(item)}' twice, on line {lines[idOf(item)]} too, expected each once.");
            }

            yield return (number, item);
        }
    }

    private static T Read<T>(string path, int number, string line, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? read(json.RootElement)
                : throw new FormatException($"Found {json.RootElement.ValueKind}, {Expected}.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}, line {number}: Found no JSON from byte {e.BytePositionInLine} on, {Expected} on each line.", e);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{path}, line {number}: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // The escapes of a string can name half a character, which no text has.
            throw new InvalidDataException($"{path}, line {number}: Found half of a surrogate pair, expected whole characters. Mend the \\u escape.", e);
        }
    }

    private static string Id(JsonElement line) => Required(line, "_id") is { Length: > 0 } id
        ? id
        : throw new FormatException("Found an empty \"_id\", expected one by which judgments can refer to it.");

    private static string Required(JsonElement line, string name) =>
        Member(line, name) ?? throw new FormatException($"Found an object without \"{name}\", expected one with \"_id\" and \"text\".");

    // Some collections write ids as numbers.
    private static string? Member(JsonElement line, string name)
    {
        if (!line.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String || (value.ValueKind == JsonValueKind.Number && name == "_id")
            ? value.ToString()
            : throw new FormatException($"Found {value.ValueKind} for \"{name}\", expected a string.");
    }
}
