namespace Splade.AI.Hybrid;

/// <summary>Texts that a retriever has encoded, as far as the store does not have them, and not yet written.</summary>
/// <param name="Plan">What is to be written.</param>
/// <param name="Legs">What each leg made of the texts that are encoded; none if none is.</param>
/// <param name="Models">The models of the vectors.</param>
/// <param name="Known">The ids of those that the store had, of whatever text.</param>
internal sealed record PreparedTexts(AddPlan Plan, EncodedLeg[] Legs, HybridModels Models, IReadOnlyList<string> Known);
