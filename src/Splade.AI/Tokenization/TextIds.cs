namespace Splade.AI.Tokenization;

/// <summary>The ids that stand for a text itself, without those of a prompt before it and of the model's template around it.</summary>
internal static class TextIds
{
    /// <param name="start">Where the text begins: behind the prompt, of which the offsets count the characters.</param>
    /// <param name="ids">The ids of prompt and text, in order.</param>
    /// <param name="offsets">The source of each.</param>
    public static int[] After(int start, ReadOnlySpan<int> ids, ReadOnlySpan<TokenOffset> offsets)
    {
        int[] kept = new int[ids.Length];
        int count = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            if (offsets[i].End > start)
            {
                kept[count++] = ids[i];
            }
        }

        Array.Resize(ref kept, count);
        return kept;
    }
}
