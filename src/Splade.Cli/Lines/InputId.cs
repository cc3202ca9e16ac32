using System.Globalization;
using System.Text.Json;
using Splade.Cli.Terminal;

namespace Splade.Cli.Lines;

/// <summary>What names a line of input, to be written with what comes of the line.</summary>
/// <param name="Member">What the member is called: <c>_id</c> in collections of BEIR, else <c>id</c>.</param>
/// <param name="Json">Its value as it stands there.</param>
internal sealed record InputId(string Member, string Json)
{
    private static readonly string[] Members = ["_id", "id"];

    /// <summary>The name of an object; null if it has none.</summary>
    public static InputId? Find(JsonElement line) =>
        Members.Where(member => line.TryGetProperty(member, out _)).Select(member => new InputId(member, line.GetProperty(member).GetRawText())).FirstOrDefault();

    /// <summary>The id as a text, which engines and stores keep; the number of the line, where there is none.</summary>
    /// <param name="id">The id; null if the line has none.</param>
    /// <param name="line">The number of the line.</param>
    /// <exception cref="CommandFailedException">It is neither a string nor a number.</exception>
    public static string ToText(InputId? id, long line)
    {
        using JsonDocument json = JsonDocument.Parse(id?.Json ?? "null");
        return json.RootElement.ValueKind switch
        {
            JsonValueKind.String => Text(json.RootElement, id!, line),
            JsonValueKind.Number => id!.Json,
            JsonValueKind.Null => line.ToString(CultureInfo.InvariantCulture),
            _ => throw new CommandFailedException(
                $"Line {line} of the input: \"{id!.Member}\" is {json.RootElement.ValueKind}, expected a string or a number, which becomes the document's id."),
        };
    }

    private static string Text(JsonElement json, InputId id, long line)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new CommandFailedException($"Line {line} of the input: \"{id.Member}\" has half of a surrogate pair, expected a text.", e);
        }
    }

    /// <summary>Writes it as a member of the object that is begun.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WritePropertyName(Member);
        json.WriteRawValue(Json);
    }

    /// <summary>The same object with this as its first member.</summary>
    /// <param name="json">An object with at least one member.</param>
    public string AddTo(string json) => $"{{\"{Member}\":{Json},{json.AsSpan(1)}";
}
