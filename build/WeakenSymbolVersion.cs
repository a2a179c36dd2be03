using System;
using System.IO;
using System.Text;
using Microsoft.Build.Utilities;

/// <summary>Sets VER_FLG_WEAK on one needed symbol version of a 64-bit ELF library (layout: elf.h, Elf64_Verneed).</summary>
public class WeakenSymbolVersion : Task
{
    private const uint VersionNeed = 0x6ffffffe; // SHT_GNU_verneed
    private const byte Weak = 2;                 // VER_FLG_WEAK

    public string Library { get; set; }

    public string Version { get; set; }

    public override bool Execute()
    {
        byte[] elf = File.ReadAllBytes(Library);
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[4] != 2 || !MarkWeak(elf))
        {
            return true;
        }

        // The output may be a link into the package cache: replace the link, never write through it.
        // The old time stamp keeps the copy step from taking the file for changed at the next build.
        DateTime stamp = File.GetLastWriteTimeUtc(Library);
        string fresh = Library + ".weak";
        File.WriteAllBytes(fresh, elf);
        File.SetLastWriteTimeUtc(fresh, stamp);
        File.Delete(Library);
        File.Move(fresh, Library);
        return true;
    }

    /// <summary>True when a flag was changed.</summary>
    private bool MarkWeak(byte[] elf)
    {
        long sections = BitConverter.ToInt64(elf, 0x28);
        int size = BitConverter.ToUInt16(elf, 0x3a), count = BitConverter.ToUInt16(elf, 0x3c);
        for (int i = 0; i < count; i++)
        {
            int header = (int)(sections + (long)i * size);
            if (BitConverter.ToUInt32(elf, header + 4) != VersionNeed)
            {
                continue;
            }

            int names = (int)(sections + (long)BitConverter.ToUInt32(elf, header + 0x28) * size);
            return MarkWeak(elf, (int)BitConverter.ToInt64(elf, header + 0x18), (int)BitConverter.ToInt64(elf, names + 0x18));
        }

        return false;
    }

    private bool MarkWeak(byte[] elf, int need, int strings)
    {
        while (true)
        {
            int entry = need + (int)BitConverter.ToUInt32(elf, need + 8);
            for (int n = BitConverter.ToUInt16(elf, need + 2); n > 0; n--)
            {
                int name = strings + (int)BitConverter.ToUInt32(elf, entry + 8);
                if (Encoding.ASCII.GetString(elf, name, Math.Min(Version.Length + 1, elf.Length - name)) == Version + "\0")
                {
                    bool change = (elf[entry + 4] & Weak) == 0;
                    elf[entry + 4] |= Weak;
                    return change;
                }

                entry += (int)BitConverter.ToUInt32(elf, entry + 12);
            }

            uint next = BitConverter.ToUInt32(elf, need + 12);
            if (next == 0)
            {
                return false;
            }

            need += (int)next;
        }
    }
}
