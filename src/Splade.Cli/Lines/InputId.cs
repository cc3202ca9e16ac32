using System.Text.Json;

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
