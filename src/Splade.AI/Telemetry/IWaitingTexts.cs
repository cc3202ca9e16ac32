namespace Splade.AI.Telemetry;

/// <summary>A queue of texts that can be asked how long it is.</summary>
internal interface IWaitingTexts
{
    /// <summary>How many texts wait, and how many tokens they have. Safe for concurrent use.</summary>
    (int Texts, long Tokens) Waiting { get; }
}
