namespace Splade.AI.Hybrid;

internal static class HybridDefaults
{
    /// <summary>A page of results, and about what fits a chat model's prompt.</summary>
    public const int Top = 10;

    /// <summary>Deep enough that a record low on both sides can still win: at k = 60 two ranks of 99 weigh more than one of 20.</summary>
    public const int Candidates = 100;

    /// <summary>Some tens: a cross-encoder reads each with the query, and what it brings up comes from there nearly always.</summary>
    public const int RerankCandidates = 50;

    /// <summary>Texts encoded at once when adding: fills the engine's batches, and progress still moves on a slow machine.</summary>
    public const int Window = 64;
}
