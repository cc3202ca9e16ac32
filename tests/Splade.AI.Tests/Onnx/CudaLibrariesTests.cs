using System.Buffers.Binary;
using System.Diagnostics;
using Splade.AI.Onnx;

namespace Splade.AI.Tests.Onnx;

/// <summary>What is missing of CUDA, read in the libraries, without the package for graphics cards.</summary>
public sealed class CudaLibrariesTests
{
    [Fact]
    public void FindMissing_LibrariesThatCannotBeLoaded_AreNamed()
    {
        OnnxRuntimeStart.Ensure();
        using var process = Process.GetCurrentProcess();
        string library = process.Modules.Cast<ProcessModule>().First(m => m.FileName.Contains("onnxruntime", StringComparison.Ordinal) && m.FileName.Contains("native", StringComparison.Ordinal)).FileName;
        if (!OperatingSystem.IsLinux())
        {
            Assert.Null(CudaLibraries.FindMissing());
            return;
        }

        Assert.Contains("libc.so.6", ElfLibrary.NeededBy(library));
        Assert.Null(CudaLibraries.FindMissing(library, (_, _) => true));
        Assert.Equal(
            $"{Path.GetFileName(library)} needs libc.so.6, which cannot be loaded.",
            CudaLibraries.FindMissing(library, (folder, name) => folder == Path.GetDirectoryName(library) && name != "libc.so.6"));
    }

    [Fact]
    public void NeededBy_NoLibrary_IsNone()
    {
        Assert.Empty(ElfLibrary.NeededBy(Path.Combine(Repository.Root, "LICENSE")));
        Assert.Empty(ElfLibrary.NeededBy(typeof(CudaLibraries).Assembly.Location));
    }

    [Fact]
    public void NeededBy_DamagedLibrary_DoesNotFail()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("lib.so");
        byte[] library = Library();
        Assert.Equal(["libx"], NeededBy(library));
        for (int i = 0; i < library.Length; i++)
        {
            NeededBy(library[..i]);
            foreach (byte wrong in new byte[] { 1, 127, 255 })
            {
                byte[] damaged = [.. library];
                damaged[i] = wrong;
                NeededBy(damaged);
            }
        }

        IReadOnlyList<string> NeededBy(byte[] bytes)
        {
            File.WriteAllBytes(path, bytes);
            return ElfLibrary.NeededBy(path);
        }
    }

    // A header, a segment that is loaded and the dynamic one, its entries, and the strings.
    private static byte[] Library()
    {
        const int Entries = 64 + (2 * 56), Strings = Entries + (3 * 16);
        byte[] bytes = new byte[Strings + 6];
        "\u007fELF\u0002\u0001"u8.CopyTo(bytes);
        "\0libx\0"u8.CopyTo(bytes.AsSpan(Strings));
        foreach ((int at, int value) in new[]
        {
            (32, 64), (54, 56 | (2 << 16)), (64, 1), (64 + 32, bytes.Length), (120, 2), (120 + 8, Entries), (120 + 32, 3 * 16),
            (Entries, 1), (Entries + 8, 1), (Entries + 16, 5), (Entries + 24, Strings), (Entries + 32, 10), (Entries + 40, 6),
        })
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
        }

        return bytes;
    }

    [Fact]
    public void FindAll_DevicesThatAreNotThere_AreToldWithWhatTheyNeed()
    {
        IReadOnlyList<ExecutionDevice> devices = ExecutionDevice.FindAll(0, 3);
        Assert.Equal(["cpu", "cuda:0", "cuda:3"], devices.Select(d => d.Name));
        Assert.Equal(("cpu", null), (devices[0].ToString(), devices[0].Obstacle));
        Assert.Contains("cuda:3 cannot be used", devices[2].Obstacle, StringComparison.Ordinal);
        Assert.Contains("cuDNN 9", devices[2].Obstacle, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("cudaDeviceIds", () => ExecutionDevice.FindAll(-1));
    }
}
