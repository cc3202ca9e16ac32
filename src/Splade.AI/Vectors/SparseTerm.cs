namespace Splade.AI;

/// <summary>One entry of a vector, with the token that its position stands for.</summary>
/// <param name="Id">The position, which is the token's id.</param>
/// <param name="Token">The token as the vocabulary writes it: a word, or a piece of one such as <c>##ya</c>.</param>
/// <param name="Weight">The weight, greater than zero.</param>
public readonly record struct SparseTerm(int Id, string Token, float Weight);
