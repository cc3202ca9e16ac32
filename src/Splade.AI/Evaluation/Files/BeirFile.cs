using System.Text.Json;

namespace Splade.AI.Evaluation.Files;

/// <summary>The documents or the queries of a collection in BEIR's form: one JSON object per line.</summary>
internal static class BeirFile
{
    public static IEnumerable<EvaluationDocument> ReadDocuments(string path) =>
        ReadObjects(path, (line, number) => new EvaluationDocument(
            Id(path, number, line), Member(path, number, line, "title") ?? "", Required(path, number, line, "text")));

    public static IEnumerable<EvaluationQuery> ReadQueries(string path) =>
        ReadObjects(path, (line, number) => new EvaluationQuery(Id(path, number, line), Required(path, number, line, "text")));

    private static IEnumerable<T> ReadObjects<T>(string path, Func<JsonElement, int, T> read)
    {
        foreach ((int number, string line) in DataLines.Read(path))
        {
            using JsonDocument json = Parse(path, number, line);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                DataLines.Fail(path, number, $"Found {json.RootElement.ValueKind}, expected an object with \"_id\" and \"text\".");
            }

            yield return read(json.RootElement, number);
        }
    }

    private static JsonDocument Parse(string path, int number, string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{path}, line {number}: Found no JSON from byte {e.BytePositionInLine} on, expected an object with \"_id\" and \"text\" on each line.", e);
        }
    }

    private static string Id(string path, int number, JsonElement line)
    {
        string id = Required(path, number, line, "_id");
        if (id.Length == 0 || id.Any(char.IsWhiteSpace))
        {
            DataLines.Fail(path, number, $"Found the \"_id\" '{id}', expected one without spaces and not empty: judgments and runs are separated by spaces.");
        }

        return id;
    }

    private static string Required(string path, int number, JsonElement line, string name)
    {
        string? value = Member(path, number, line, name);
        if (value is null)
        {
            DataLines.Fail(path, number, $"Found an object without \"{name}\", expected one with \"_id\" and \"text\".");
        }

        return value;
    }

    // Some collections write ids as numbers.
    private static string? Member(string path, int number, JsonElement line, string name)
    {
        if (!line.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String && !(value.ValueKind == JsonValueKind.Number && name == "_id"))
        {
            DataLines.Fail(path, number, $"Found {value.ValueKind} for \"{name}\", expected a string.");
        }

        return value.ToString();
    }
}
