namespace Splade.AI.Tokenization;

/// <summary>The tokens that a model expects before and after every text, for BERT <c>[CLS]</c> and <c>[SEP]</c>.</summary>
internal sealed class TokenTemplate(int[] before, int[] after)
{
    public int Count => before.Length + after.Length;

    public int BeforeCount => before.Length;

    public int AfterCount => after.Length;

    public void AppendBefore(TokenBuffer destination) => Append(before, destination);

    public void AppendAfter(TokenBuffer destination) => Append(after, destination);

    private static void Append(int[] ids, TokenBuffer destination)
    {
        foreach (int id in ids)
        {
            destination.Add(id, 0, 0);
        }
    }
}
