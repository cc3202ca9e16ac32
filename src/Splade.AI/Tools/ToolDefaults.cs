namespace Splade.AI.Tools;

internal static class ToolDefaults
{
    /// <summary>Several times what most models read, so that a cut is nearly always the model's own.</summary>
    public const int MaxTextLength = 20_000;

    /// <summary>The longest list that still tells a language model something: later terms weigh next to nothing.</summary>
    public const int MaxTop = 50;

    /// <summary>In the vectors of usual passages so many terms hold most of the mass.</summary>
    public const int Terms = 20;

    /// <summary>What comes later is seldom near to the query.</summary>
    public const int AddedKeywords = 10;

    /// <summary>What an answer is usually written from.</summary>
    public const int Hits = 5;

    /// <summary>A page of search results, and one run of the model.</summary>
    public const int MaxDocuments = 20;

    /// <summary>A score mostly rests on a few terms.</summary>
    public const int Reasons = 5;

    /// <summary>Two or three sentences.</summary>
    public const int ExcerptLength = 300;

    /// <summary>About 2,000 tokens of English, more than a passage has.</summary>
    public const int MaxPassageLength = 8_000;
}
