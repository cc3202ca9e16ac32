using System.Text.Json;

namespace Splade.Benchmarks.Corpora;

/// <summary>The Cranfield collection: 1,400 abstracts on aerodynamics.</summary>
internal static class CranfieldCorpus
{
    /// <summary>All documents, or null where there is no shared folder.</summary>
    public static Documents? Read()
    {
        string path = Path.Combine(Repository.Shared ?? "", "data", "cranfield", "corpus.jsonl");
        if (Repository.Shared is null || !File.Exists(path))
        {
            return null;
        }

        string[] texts = [.. File.ReadLines(path).Select(Text)];
        return new Documents($"Cranfield's {texts.Length} documents", texts);
    }

    private static string Text(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return $"{document.RootElement.GetProperty("title").GetString()} {document.RootElement.GetProperty("text").GetString()}";
    }
}
