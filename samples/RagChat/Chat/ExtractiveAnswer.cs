namespace RagChat.Chat;

/// <summary>Makes an answer of scored statements: the best one and what comes close to it, with citations.</summary>
internal static class ExtractiveAnswer
{
    /// <summary>How much of the best score a further statement must reach: below it answers begin to ramble.</summary>
    private const float NearlyAsGood = 0.95f;

    private const int MaxStatements = 3;

    /// <param name="ranked">Statements, the best first; at least one.</param>
    public static string Compose(IReadOnlyList<ScoredStatement> ranked)
    {
        float least = NearlyAsGood * ranked[0].Score;
        IEnumerable<Statement> chosen = ranked.TakeWhile(s => s.Score >= least).Select(s => s.Statement).DistinctBy(s => s.Text).Take(MaxStatements);
        return string.Join('\n', chosen.GroupBy(s => s.Passage.Citation).Select(Quote));
    }

    /// <summary>Statements of one passage in the order of the passage, those of one line on one line, and the citation.</summary>
    private static string Quote(IGrouping<string, Statement> ofPassage)
    {
        IEnumerable<string> lines = ofPassage
            .OrderBy(s => s.Position)
            .GroupBy(s => s.Line)
            .Select(line => string.Join(' ', line.Select(s => s.Text)));
        return $"{string.Join('\n', lines)} {ofPassage.Key}";
    }
}
