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
