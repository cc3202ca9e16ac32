using System.Runtime.Intrinsics.X86;

namespace Splade.AI.Decoding;

/// <summary>Whether a processor could run the kernels of this folder, and the program cannot.</summary>
internal static class LeftOutKernels
{
    private const int FmaBit = 1 << 12;
    private const int Avx2Bit = 1 << 5;

    /// <summary>
    /// True in a program that was compiled ahead of time for all processors, older ones than this too, and where a setting of .NET forbids what
    /// the kernels are made of.
    /// </summary>
    public static bool Exist { get; } = !PanelKernel.IsSupported && ProcessorHasInstructions();

    // What the program was compiled for is what IsSupported says of Fma and Avx2; the processor itself says it in ECX of leaf 1 and EBX of
    // leaf 7 (Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2A, CPUID).
    private static bool ProcessorHasInstructions() =>
        X86Base.IsSupported
        && X86Base.CpuId(0, 0).Eax >= 7
        && (X86Base.CpuId(1, 0).Ecx & FmaBit) != 0
        && (X86Base.CpuId(7, 0).Ebx & Avx2Bit) != 0;
}
