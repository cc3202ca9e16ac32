using System.Globalization;
using System.Text;
using Splade.AI.Weights;
using Splade.AI.Weights.Torch;

namespace Splade.AI.Tests.Weights;

/// <summary>Files with changed bytes either give tensors that lie in them, or are refused; and take little more memory than their length.</summary>
public sealed class WeightFuzzTests : IDisposable
{
    private const int Seed = 20260726;

    // What opening a file and throwing an error take, whatever the file.
    private const long Overhead = 128 << 10;

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(Seed);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_ChangedSafetensors_GivesTensorsOfTheFileOrIsRefused()
    {
        byte[] header = SafetensorsBytes.Of(
            """{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2,1],"data_offsets":[4,12]},"""
            + """ "a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}} """);
        byte[] file = [.. header, .. new byte[12]];
        AssertHarmless("a.safetensors", file, Trials.Of(800, 40_000), SafetensorsFile.Read);
    }

    [Fact]
    public void Read_ChangedTorchFile_GivesTensorsOfTheFileOrIsRefused()
    {
        byte[] pickle = Pickles.OfOne("FloatStorage", 6, 2, [2, 2], [2, 1]);
        AssertHarmless("a.bin", Pickles.File(pickle, new byte[24], new StoredZip { IsLarge = true }).Write(), Trials.Of(800, 40_000), TorchFile.Read);
    }

    [Fact]
    public void Read_ChangedIndex_GivesTensorsOfTheFilesOrIsRefused()
    {
        byte[] shard = [.. SafetensorsBytes.Of("""{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}"""), .. new byte[4]];
        _folder.Write("m1.safetensors", shard);
        _folder.Write("m2.safetensors", Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(shard).Replace("\"a\"", "\"b\"", StringComparison.Ordinal)));
        byte[] index = Encoding.UTF8.GetBytes("""{"metadata":{"total_size":8},"weight_map":{"a":"m1.safetensors","b":"m2.safetensors"}}""");
        AssertHarmless(
            "model.safetensors.index.json", index, Trials.Of(400, 20_000), path => CheckpointFiles.Find(Path.GetDirectoryName(path)!)!.Read().Tensors);
    }

    // Nothing but what takes most memory for its length in the file.
    [Theory]
    [InlineData("\"{0}\":{{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,0]}}", 0, false)]
    [InlineData("\"{0}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", 0, false)]
    [InlineData("\"{0}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", 1_000_000, true)]
    [InlineData("\"__metadata__\":{{\"{0}\":\"\\n\",\"{0}\":\"\\n\",\"{0}\":\"\\n\",\"{0}\":\"\\n\"}}", 0, false)]
    [InlineData("\"{0}\":{{\"dtype\":\"F32\",\"shape\":[0],\"more\":[[],{{}},\"\\n\",\"\\n\"],\"data_offsets\":[0,0]}}", 0, false)]
    public void Read_DenseHeader_TakesLittleMoreThanItsLength(string entry, int data, bool isRead)
    {
        string[] entries = [.. Enumerable.Range(0, 5000).Select(i => string.Format(CultureInfo.InvariantCulture, entry, i))];
        string last = $"\"last\":{{\"dtype\":\"F32\",\"shape\":[{data / 4}],\"data_offsets\":[0,{data}]}}";
        byte[] file = [.. SafetensorsBytes.Of("{" + string.Join(',', [.. entries, last]) + "}"), .. new byte[data]];
        string path = _folder.Write("a.safetensors", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool wasRead = Record.Exception(() => SafetensorsFile.Read(path)) is null;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Overhead + MemoryBudget.Least + file.Length);
        Assert.Equal(isRead, wasRead);
    }

    [Theory]
    [InlineData("torch-zip")]
    [InlineData("torch-zip-gamma-beta")]
    public void Run_ChangedPickleOfAModel_GivesAValueOrIsRefused(string folder)
    {
        byte[] pickle = PickleOf(Checkpoints.PathOf(folder, "pytorch_model.bin"));
        Assert.IsType<PickleDictionary>(PickleMachine.Run(pickle, new MemoryBudget(pickle.Length)));
        int refused = 0;
        for (int i = 0; i < Trials.Of(1200, 60_000); i++)
        {
            byte[] changed = Change(pickle);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                _ = PickleMachine.Run(changed, new MemoryBudget(changed.Length));
            }
            catch (Exception e) when (e is FormatException or NotSupportedException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Overhead + MemoryBudget.Least + changed.Length);
        }

        Assert.NotEqual(0, refused);
    }

    private static byte[] PickleOf(string path)
    {
        byte[] pickle = [];
        WeightFile.Read(path, "torch", file =>
        {
            pickle = TorchArchive.Open(file).ReadPickle();
            return new Dictionary<string, WeightTensor>();
        });
        return pickle;
    }

    private void AssertHarmless(string name, byte[] original, int trials, Func<string, IReadOnlyDictionary<string, WeightTensor>> read)
    {
        Assert.NotEmpty(read(_folder.Write(name, original)));
        int refused = 0;
        for (int i = 0; i < trials; i++)
        {
            byte[] changed = Change(original);
            string path = _folder.Write(name, changed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                foreach (WeightTensor tensor in read(path).Values)
                {
                    Assert.InRange(tensor.Offset, 0, new FileInfo(tensor.File).Length);
                    Assert.InRange(tensor.Length, 0, new FileInfo(tensor.File).Length - tensor.Offset);
                }
            }
            catch (SpladeModelException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Overhead + MemoryBudget.Least + changed.Length);
        }

        Assert.InRange(refused, trials / 4, trials);
    }

    // Bits turned, numbers at their limits, the end cut off, a part put elsewhere.
    private byte[] Change(byte[] original)
    {
        byte[] changed = [.. original];
        switch (_random.Next(4))
        {
            case 0:
                for (int i = _random.Next(1, 4); i > 0; i--)
                {
                    changed[_random.Next(changed.Length)] ^= (byte)(1 << _random.Next(8));
                }

                return changed;
            case 1:
                int at = _random.Next(changed.Length);
                changed.AsSpan(at, Math.Min(_random.Next(1, 9), changed.Length - at)).Fill((byte)(_random.Next(2) * byte.MaxValue));
                return changed;
            case 2:
                return changed[.._random.Next(changed.Length)];
            default:
                int from = _random.Next(changed.Length);
                byte[] part = changed[from..Math.Min(changed.Length, from + _random.Next(1, 64))];
                int to = _random.Next(changed.Length);
                return [.. changed[..to], .. part, .. changed[to..]];
        }
    }
}
