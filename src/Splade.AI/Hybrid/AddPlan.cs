namespace Splade.AI.Hybrid;

/// <summary>What has to be encoded and written for some texts, given what a store has under their ids.</summary>
/// <param name="Encoded">The texts to encode.</param>
/// <param name="Writes">The texts to write, in their order.</param>
/// <param name="Unchanged">How many texts were there already.</param>
internal sealed record AddPlan(IReadOnlyList<string> Encoded, IReadOnlyList<AddedText> Writes, int Unchanged)
{
    /// <remarks>Each text is compared with what stands under its id when its turn comes: the store's record, or an earlier one of the texts.</remarks>
    public static AddPlan Of(IEnumerable<HybridText> texts, IEnumerable<HybridRecord> stored)
    {
        Dictionary<string, AddedText> standing = stored.ToDictionary(
            record => record.Id,
            record => new AddedText(new HybridText(record.Id, record.Text, record.Metadata), record, Encoded: -1),
            StringComparer.Ordinal);
        var encoded = new List<string>();
        var writes = new List<AddedText>();
        int unchanged = 0;
        foreach (HybridText text in texts)
        {
            AddedText write;
            if (standing.TryGetValue(text.Id, out AddedText before) && before.Text.Text == text.Text)
            {
                unchanged++;
                if (RecordMetadata.AreEqual(before.Text.Metadata, text.Metadata))
                {
                    continue;
                }

                write = before with { Text = text };
            }
            else
            {
                write = new AddedText(text, Kept: null, encoded.Count);
                encoded.Add(text.Text);
            }

            writes.Add(write);
            standing[text.Id] = write;
        }

        return new AddPlan(encoded, writes, unchanged);
    }
}
