using System.Globalization;

namespace Splade.AI.OnnxGraph;

/// <summary>Where a tensor's numbers lie in another file.</summary>
/// <param name="Location">The file, relative to the folder of the model's external data.</param>
/// <param name="Offset">Where they begin, in bytes.</param>
/// <param name="Length">How many bytes they take; null if they end with the file.</param>
internal sealed record ExternalPlace(string Location, long Offset, long? Length)
{
    /// <summary>Adds to a tensor's message that its numbers are there.</summary>
    public ProtoWriter WriteTo(ProtoWriter tensor)
    {
        tensor.Varint(OnnxFields.Tensor.DataLocation, 1);
        Entry("location", Location);
        Entry("offset", Offset.ToString(CultureInfo.InvariantCulture));
        if (Length is long length)
        {
            Entry("length", length.ToString(CultureInfo.InvariantCulture));
        }

        return tensor;

        void Entry(string key, string value) => tensor.Message(
            OnnxFields.Tensor.ExternalData, new ProtoWriter().Text(OnnxFields.Entry.Key, key).Text(OnnxFields.Entry.Value, value));
    }
}
