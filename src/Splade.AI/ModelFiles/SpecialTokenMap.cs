using System.Collections.Frozen;
using System.Text.Json;
using Splade.AI.Files;
using Splade.AI.Tokenization;

namespace Splade.AI.ModelFiles;

/// <summary>The special tokens of a folder, as <c>special_tokens_map.json</c> lists them.</summary>
internal static class SpecialTokenMap
{
    /// <param name="folder">The folder.</param>
    /// <param name="tokenizer">Whose special tokens are taken where there is no such file.</param>
    /// <exception cref="SpladeModelException">The file cannot be read.</exception>
    public static IReadOnlySet<string> Read(string folder, Tokenizer tokenizer)
    {
        JsonElement? map = JsonFile.ReadIfExists(Path.Combine(folder, "special_tokens_map.json"));
        IEnumerable<string?> tokens = map is { ValueKind: JsonValueKind.Object } named
            ? named.EnumerateObject().Select(p => SpecialTokenSettings.ContentOf(p.Value))
            : tokenizer.SpecialTokenIds.Select(id => tokenizer.Vocabulary[id]);
        return tokens.OfType<string>().ToFrozenSet(StringComparer.Ordinal);
    }
}
