namespace Splade.AI.Explanation;

/// <summary>Represents a piece of an <see cref="ExplanationReport"/> that has one look. Immutable.</summary>
/// <param name="Text">What is written.</param>
/// <param name="Origin">Where the terms come from that it stands for; null if it stands for none, or that is not known.</param>
/// <param name="Intensity">
/// How strong the highlight is beside the strongest of the text, from 0 to 1; 0 for another place of a literal term. Null for what is no highlight.
/// </param>
public sealed record ReportRun(string Text, TermOrigin? Origin = null, double? Intensity = null);
