using RagChat.Answering;

namespace RagChat.Chat;

/// <summary>Makes an answer of scored statements: the best one and what comes close to it, with citations; or says that it does not know.</summary>
internal static class ExtractiveAnswer
{
    /// <summary>
    /// The dense cosine under which a statement has nothing to do with the question. Found on 65 development questions about the sample's
    /// corpus (35 answerable): from 0.45 on, 33 of the 35 are answered, and 23 of the 30 others are not. Those that slip through ask about the
    /// right things for something that the articles do not say ("Can the grinder grind pepper?"): a cosine cannot see that.
    /// </summary>
    public const float LeastDense = 0.45f;

    /// <summary>How much of the best score a further statement must reach: below it answers begin to ramble.</summary>
    private const float NearlyAsGood = 0.85f;

    private const int MaxStatements = 3;

    public static string Compose(IEnumerable<ScoredStatement> statements)
    {
        ScoredStatement[] chosen = Choose(statements);
        IEnumerable<string> parts = chosen.GroupBy(s => s.Statement.Passage.Citation).Select(Quote);
        return chosen.Length > 0 ? string.Join('\n', parts) : GroundedPrompt.UnknownReply;
    }

    private static ScoredStatement[] Choose(IEnumerable<ScoredStatement> statements)
    {
        ScoredStatement[] ranked = [.. statements.Where(s => s.Dense >= LeastDense).OrderByDescending(s => s.Score)];
        return [.. ranked.TakeWhile(s => s.Score >= NearlyAsGood * ranked[0].Score).DistinctBy(s => s.Statement.Text).Take(MaxStatements)];
    }

    /// <summary>Statements of one passage in the order of the passage, those of one line on one line, and the citation.</summary>
    private static string Quote(IGrouping<string, ScoredStatement> ofPassage)
    {
        IEnumerable<string> lines = ofPassage
            .Select(s => s.Statement)
            .OrderBy(s => s.Position)
            .GroupBy(s => s.Line)
            .Select(line => string.Join(' ', line.Select(s => s.Text)));
        return $"{string.Join('\n', lines)} {ofPassage.Key}";
    }
}
