using System.Text;

namespace Splade.AI.Tests.Weights;

/// <summary>Writes pickles of tensors as torch does, and what a hostile one has instead.</summary>
internal static class Pickles
{
    /// <summary>Begins a dictionary of tensors.</summary>
    public const string Begin = "\u0080\u0002ccollections\nOrderedDict\n)R(";

    /// <summary>Ends a dictionary of tensors.</summary>
    public const string End = "u.";

    /// <summary>A dictionary of one tensor.</summary>
    public static byte[] OfOne(string storage, long count, long offset, long[] shape, long[] strides) =>
        Bytes(Begin + Text("a") + Tensor(storage, "0", count, offset, shape, strides) + End);

    /// <summary>A tensor of a storage.</summary>
    public static string Tensor(string storage, string key, long count, long offset, long[] shape, long[] strides) =>
        $"ctorch._utils\n_rebuild_tensor_v2\n({Storage(storage, key, count)}{Number(offset)}{Tuple(shape)}{Tuple(strides)}"
        + "\u0089ccollections\nOrderedDict\n)RtR";

    public static string Storage(string storage, string key, long count) =>
        $"({Text("storage")}ctorch\n{storage}\n{Text(key)}{Text("cpu")}{Number(count)}tQ";

    public static string Text(string text) => "X" + Latin(BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text))) + Latin(Encoding.UTF8.GetBytes(text));

    public static string Number(long number) =>
        number == (int)number ? "J" + Latin(BitConverter.GetBytes((int)number)) : "\u008a\u0008" + Latin(BitConverter.GetBytes(number));

    public static string Tuple(params long[] numbers) => $"({string.Concat(numbers.Select(Number))}t";

    /// <summary>A byte for each character.</summary>
    public static byte[] Bytes(string pickle) => Encoding.Latin1.GetBytes(pickle);

    /// <summary>A file of a pickle and the record of one storage.</summary>
    public static StoredZip File(byte[] pickle, byte[] storage, StoredZip? zip = null, long? length = null) => (zip ?? new StoredZip())
        .Add("archive/data.pkl", pickle)
        .Add("archive/byteorder", "little"u8.ToArray())
        .Add("archive/data/0", storage, length)
        .Add("archive/version", "3\n"u8.ToArray());

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
