using System.Globalization;
using System.Text;

namespace Splade.AI.Weights.Torch;

/// <summary>The records of a file that torch has saved since 1.6: a zip of stored records under one folder.</summary>
internal sealed class TorchArchive
{
    /// <summary>The most bytes of a pickle. One takes some two hundred for each tensor.</summary>
    private const int MaxPickle = 4 << 20;

    private const int LongestWord = 32;
    private const int LatestVersion = 10;
    private const string Pickle = "data.pkl";
    private const string ByteOrder = "byteorder";
    private const string Version = "version";

    private readonly WeightFile _file;
    private readonly Dictionary<string, ZipRecord> _records;
    private readonly Dictionary<string, TorchType> _types = new(StringComparer.Ordinal);

    private TorchArchive(WeightFile file, Dictionary<string, ZipRecord> records)
    {
        _file = file;
        _records = records;
    }

    /// <exception cref="FormatException">It is damaged.</exception>
    /// <exception cref="NotSupportedException">It holds code, is compressed, of another byte order, or of a version that is not known.</exception>
    public static TorchArchive Open(WeightFile file)
    {
        var records = new Dictionary<string, ZipRecord>(StringComparer.Ordinal);
        string? folder = null;
        foreach ((string path, ZipRecord record) in ZipDirectory.Read(file))
        {
            int slash = path.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || path[..slash] != (folder ??= path[..slash]))
            {
                throw new FormatException($"Its record '{path}' is not in one folder with the others.");
            }

            records.Add(path[(slash + 1)..], record);
        }

        var archive = new TorchArchive(file, records);
        archive.RefuseCode();
        archive.RequireByteOrder();
        archive.RequireVersion();
        return archive;
    }

    /// <summary>The pickle of the tensors.</summary>
    /// <exception cref="FormatException">There is none, or it is too long.</exception>
    public byte[] ReadPickle() => !_records.TryGetValue(Pickle, out ZipRecord record)
        ? throw new FormatException($"It has no record '{Pickle}'.")
        : record.Length <= MaxPickle
            ? _file.ReadBytes(record.Offset, record.Length)
            : throw new FormatException($"Its record '{Pickle}' has {record.Length} bytes, expected at most {MaxPickle}.");

    /// <summary>The record of a storage.</summary>
    /// <exception cref="FormatException">There is none, or it was asked for as one of another type.</exception>
    public ZipRecord Find(TorchStorage storage)
    {
        if (!_types.TryAdd(storage.Key, storage.Type) && _types[storage.Key] != storage.Type)
        {
            throw new FormatException($"It names the storage '{storage.Key}' as {_types[storage.Key].Name} and as {storage.Type.Name}.");
        }

        return _records.TryGetValue($"data/{storage.Key}", out ZipRecord record)
            ? record
            : throw new FormatException($"It has no record 'data/{storage.Key}', which a tensor names.");
    }

    private void RefuseCode()
    {
        if (_records.Keys.FirstOrDefault(n => n == "constants.pkl" || n.StartsWith("code/", StringComparison.Ordinal)) is string code)
        {
            throw new NotSupportedException(
                $"The file is a TorchScript module: its record '{code}' belongs to code. Expected weights alone. Save the model's state_dict, or take its "
                + "safetensors file.");
        }
    }

    private void RequireByteOrder()
    {
        if (_records.TryGetValue(ByteOrder, out ZipRecord record) && ReadWord(record) is var order && order != "little")
        {
            throw new NotSupportedException(
                $"The file's numbers are in the byte order '{order}', expected 'little'. Save the model on a machine of that order, or take its "
                + "safetensors file.");
        }
    }

    private void RequireVersion()
    {
        if (!_records.TryGetValue(Version, out ZipRecord record) && !_records.TryGetValue($".data/{Version}", out record))
        {
            throw new FormatException($"It has no record '{Version}'.");
        }

        string version = ReadWord(record);
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > LatestVersion)
        {
            throw new NotSupportedException(
                $"The file is of version '{version}', expected 1 to {LatestVersion}. Take the model's safetensors file, or update this library.");
        }
    }

    private string ReadWord(ZipRecord record) =>
        Encoding.Latin1.GetString(_file.ReadBytes(record.Offset, Math.Min(record.Length, LongestWord))).TrimEnd('\n');
}
