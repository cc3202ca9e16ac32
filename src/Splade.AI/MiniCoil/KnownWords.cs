using System.Text.Json;
using Splade.AI.Files;
using Splade.AI.Lexical;

namespace Splade.AI.MiniCoil;

/// <summary>The words that miniCOIL knows senses of: <c>minicoil.triplet.model.vocab</c>. Safe for concurrent use.</summary>
internal sealed class KnownWords
{
    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<string, string> _byStem;

    private KnownWords(Dictionary<string, int> numbers, Dictionary<string, string> byStem, int count) =>
        (_numbers, _byStem, Count) = (numbers, byStem, count);

    /// <summary>How many words are listed.</summary>
    public int Count { get; }

    /// <exception cref="SpladeModelException">The file cannot be read, or has no such lists.</exception>
    public static KnownWords Read(string path)
    {
        JsonElement json = JsonFile.Read(path);
        if (json.Member("vocab", JsonValueKind.Array) is not JsonElement words || json.Member("stem_mapping", JsonValueKind.Object) is not JsonElement stems
            || words.EnumerateArray().Any(w => w.ValueKind != JsonValueKind.String)
            || stems.EnumerateObject().Any(s => s.Value.ValueKind != JsonValueKind.String))
        {
            throw new SpladeModelException(
                "The file has no list 'vocab' of words, or no object 'stem_mapping' from stems to words. Copy it again from the model's origin.", path);
        }

        // Of a word that is listed twice the last place counts.
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int count = 0;
        foreach (JsonElement word in words.EnumerateArray())
        {
            numbers[word.GetString()!] = ++count;
        }

        var byStem = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty stem in stems.EnumerateObject().Where(s => numbers.ContainsKey(s.Value.GetString()!)))
        {
            byStem[stem.Name] = stem.Value.GetString()!;
        }

        return new KnownWords(numbers, byStem, count);
    }

    /// <summary>The known word that a word of a text stands for: itself, or that of its spelling or stem; null if it is not known.</summary>
    public string? Find(string word)
    {
        if (_numbers.ContainsKey(word))
        {
            return word;
        }

        return _byStem.GetValueOrDefault(word) ?? _byStem.GetValueOrDefault(EnglishStemmer.Classic.Stem(word));
    }

    /// <summary>The number of a word, from 1; null if it is not known by this spelling.</summary>
    public int? NumberOf(string word) => _numbers.TryGetValue(word, out int number) ? number : null;
}
