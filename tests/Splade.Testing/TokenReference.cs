using System.Text.Json;

namespace Splade.Testing;

/// <summary>A line of a reference file: a text and what Hugging Face's tokenizers made of it, offsets in UTF-16 code units.</summary>
public sealed record TokenReference(string Text, int[] Ids, int[][] Offsets)
{
    public static IReadOnlyList<TokenReference> Read(string path) =>
        [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<TokenReference>(line, JsonSerializerOptions.Web)!)];
}
