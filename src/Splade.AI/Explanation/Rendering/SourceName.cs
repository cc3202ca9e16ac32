namespace Splade.AI.Explanation.Rendering;

/// <summary>What gave a term weight, as people say it.</summary>
/// <param name="Text">A word of the text, or what stands for none.</param>
/// <param name="IsWord">Whether it is a word of the text.</param>
/// <param name="Activation">What it gave; null where only one is named, and the term's weight says it.</param>
internal readonly record struct SourceName(string Text, bool IsWord, float? Activation)
{
    public override string ToString() => Activation is float activation ? $"{Text} {Numbers.Activation(activation)}" : Text;
}
