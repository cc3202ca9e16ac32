namespace Splade.Benchmarks.Corpora;

/// <summary>Documents to encode.</summary>
/// <param name="Description">Where they come from.</param>
/// <param name="Texts">The documents, in an order that has nothing to do with their lengths.</param>
internal sealed record Documents(string Description, IReadOnlyList<string> Texts)
{
    private const int Seed = 20;

    /// <summary>Cranfield where there is a shared folder, else texts that are generated with its lengths.</summary>
    public static Documents ReadOrGenerate(TextGenerator generator) => CranfieldCorpus.Read() ?? generator.LikeCranfield();

    /// <summary>A sample without repetition, always the same; all of them if there are no more.</summary>
    public Documents Sample(int count)
    {
        string[] texts = [.. Texts];
        new Random(Seed).Shuffle(texts);
        return count >= texts.Length
            ? new Documents(Description, texts)
            : new Documents($"{count} of {Description}", texts[..count]);
    }

    /// <summary>So many documents, repeated if need be.</summary>
    public IEnumerable<string> Repeat(int count) => Enumerable.Range(0, count).Select(i => Texts[i % Texts.Count]);
}
