namespace Splade.AI.Explanation.Rendering;

/// <summary>Words of which each piece is a term of its own.</summary>
internal static class Pieces
{
    /// <summary>Each such word once, with its weight and those of its pieces.</summary>
    public static IEnumerable<string> Of(TextExplanation text) =>
        text.Words.Where(w => w.Parts.Count > 1 && w.Weight > 0).DistinctBy(w => w.Text).Select(Describe);

    private static string Describe(ExplainedWord word) =>
        $"{word.Text} {Numbers.Weight(word.Weight)} ({string.Join(" + ", word.Parts.Select(p => $"{TermName.Of(p)} {Numbers.Weight(p.Weight)}"))})";
}
