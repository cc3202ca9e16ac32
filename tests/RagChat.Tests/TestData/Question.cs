using System.Text.Json;

namespace RagChat.Tests.TestData;

/// <summary>A line of questions.jsonl.</summary>
/// <param name="Text">The question.</param>
/// <param name="Article">The article that answers it; null if none does.</param>
/// <param name="SharesNoContentWord">Whether the answer has none of the question's content words.</param>
internal sealed record Question(string Text, string? Article, bool SharesNoContentWord)
{
    public static IEnumerable<Question> ReadAll() => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "TestData", "questions.jsonl"))
        .Select(line => Read(JsonDocument.Parse(line).RootElement));

    private static Question Read(JsonElement line) =>
        new(line.GetProperty("question").GetString()!, line.GetProperty("article").GetString(), line.GetProperty("sharesNoContentWord").GetBoolean());
}
