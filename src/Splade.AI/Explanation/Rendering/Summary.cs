namespace Splade.AI.Explanation.Rendering;

/// <summary>An explanation in a sentence, and what a reader should know beside it.</summary>
internal static class Summary
{
    public static string Of(TextExplanation text)
    {
        string read = $"{Numbers.Count(text.TokenCount, "token")} read.";
        return text.TermCount == 0
            ? $"The vector has no terms; {read}"
            : $"{Numbers.Count(text.TermCount, "term")} with a total weight of {Numbers.Weight(text.Mass)}, {Shares(text)}; {read}";
    }

    public static string Of(MatchExplanation match)
    {
        string terms = $"{match.TermCount} of {Numbers.Count(match.TermCount + match.UnmatchedCount, "query term")}";
        return match.ExpansionShare is double share
            ? $"Score {Numbers.Score(match.Score)} from {terms}; {Numbers.Share(share)} of it rests on expansion{OnPolicy(match)}."
            : $"Score {Numbers.Score(match.Score)} from {terms}.";
    }

    public static IEnumerable<string> Warnings(TextExplanation text) => Warnings(text, "text");

    public static IEnumerable<string> Warnings(MatchExplanation match) =>
        new[] { match.Warning }.OfType<string>().Concat(Warnings(match.Query, "query")).Concat(Warnings(match.Document, "document")).Distinct();

    private static string Shares(TextExplanation text)
    {
        string literal = $"{Numbers.Share(text.LiteralShare)} of it literal", expansion = $"{Numbers.Share(text.ExpansionShare)} expansion";
        return text.PolicyShare > 0
            ? $"{literal}, {expansion} and {Numbers.Share(text.PolicyShare)} added by the policy"
            : $"{literal} and {expansion}";
    }

    private static string OnPolicy(MatchExplanation match) =>
        match.PolicyShare is > 0 and double share ? $" and {Numbers.Share(share)} on the vocabulary policy" : "";

    private static IEnumerable<string> Warnings(TextExplanation? text, string name)
    {
        if (text is { Truncated: true })
        {
            yield return $"The {name} is longer than what is read of it: its end has no part in this.";
        }

        if (text?.SpanObstacle is string obstacle)
        {
            yield return obstacle;
        }
    }
}
